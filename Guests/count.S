// Adds the squares of 10, 9, ... 1 and shuts down: a loop and a function to stop in, with instructions of both lengths, and
// an object of each size to look at.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li s0, 10                       // rounds to go

    .globl round, behind_call, done
round:
    mv a0, s0
    call square
behind_call:
    la t0, total
    ld t1, 0(t0)
    add t1, t1, a0
    sd t1, 0(t0)
    addi s0, s0, -1
    bnez s0, round
done:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    function square
    mul a0, a0, a0                  // four bytes
    .globl two_bytes, square_return
two_bytes:
    c.nop                           // two
square_return:
    ret                             // two: c.jr ra
    end_function square

    .data
    .balign 8
    object total, 8
    .dword 0
    object table, 32
    .dword 1, 0x8000000000000000, -1, 0x0123456789abcdef
    object word, 4
    .word 0xdeadbeef
    object half, 2
    .half 0xcafe
    object byte, 1
    .byte 0xA5
    object greeting, 13
    .asciz "hello, world"
    object farewell, 9
    .asciz "good\tbye"
