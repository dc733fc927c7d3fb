// Code that is not yet there when a breakpoint is set on it, and code that is written over.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    // Loads a function to where there were zeros.
    la t0, template
    la t1, late
    ld t2, 0(t0)
    sd t2, 0(t1)
    fence.i
at loaded
    li a0, 1
    call late                       // 3
    // Writes over its first instruction: addi a0, a0, 2 becomes addi a0, a0, 5.
    lw t2, other
    la t1, late
    sw t2, 0(t1)
    fence.i
at patched
    call late                       // 8
    call late                       // 13
at called
    la t1, late
    sw zero, 0(t1)                  // and away with it
at cleared
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .balign 8
template:
    .option push
    .option norvc
    addi a0, a0, 2
    ret
other:
    addi a0, a0, 5
    .option pop

    .bss
    .balign 8
    object late, 8
    .skip 8
