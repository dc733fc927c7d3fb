// Counts in a0 without end: the breakpoint's loop.
#include "../../Guests/sbi.h"

    .section .text.start, "ax"
    function _start
    la t0, handler
    csrw stvec, t0
    li a0, 0
    .globl loop
loop:
    addi a0, a0, 1
    j loop
    end_function _start

    .balign 4
    function handler
1:  j 1b
    end_function handler
