// Runs for 3 seconds of 10 MHz, says so each half a second, and shuts down: time for someone to type in.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    rdtime s0
    li s1, 6
1:  li t0, 5000000
    add s0, s0, t0
2:  rdtime t0
    bltu t0, s0, 2b
    la a1, tick
    li a2, 0                        // the address's upper half
    li a0, tick_end - tick
    sbi_call SBI_DBCN, DBCN_WRITE
    addi s1, s1, -1
    bnez s1, 1b
    end_with SRST_SHUTDOWN, SRST_NO_REASON
    end_function _start

    .section .rodata
tick:
    .ascii "tick\n"
tick_end:
