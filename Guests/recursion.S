// A function that calls itself a0 times, and one that calls it. t0 counts how often it was entered.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li t0, 0
    li a0, 5
at first_call
    call recurse
at first_return
    li a0, 3
    call outer
at outer_return
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    function recurse
    addi sp, sp, -16
    sd ra, 8(sp)
at recurse_body
    addi t0, t0, 1
    addi a0, a0, -1
    beqz a0, 1f
at recurse_call
    call recurse
at recurse_return
    addi a0, a0, 10
1:
at recurse_epilogue
    ld ra, 8(sp)
    addi sp, sp, 16
at recurse_ret
    ret
    end_function recurse

    function outer
    addi sp, sp, -32
    sd ra, 24(sp)
    sd s0, 16(sp)
    mv s0, a0
    bnez s0, 2f
at outer_early
    ld ra, 24(sp)
    ld s0, 16(sp)
    addi sp, sp, 32
    ret
2:
at outer_call
    jal t1, leaf                    // a call by another link register is none
at outer_body
    call recurse
at outer_behind
    add a0, a0, s0
    ld s0, 16(sp)
    ld ra, 24(sp)
    addi sp, sp, 32
    ret
    end_function outer

    function leaf
    addi t2, t2, 1
at leaf_ret
    jr t1
    end_function leaf
