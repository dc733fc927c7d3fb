// Code as compilers make it, without end: arithmetic, loads and stores, branches both ways, a call and its return.
#include "../../Guests/sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    la s1, table
    li s2, 16
    .globl loop
loop:
    andi a5, s0, 15                 // s0 counts the rounds
    slli a5, a5, 3
    add a5, a5, s1
    ld a0, 0(a5)
    beqz a0, 1f
    mv a1, s0
    call mix
    sd a0, 0(a5)
1:  addiw a4, a0, 3
    sltu a3, a4, s2
    bnez a3, 2f
    srli a4, a4, 2
    xor a4, a4, a0
2:  addi s0, s0, 1
    j loop
    end_function _start

    function mix
    addi sp, sp, -16
    sd ra, 8(sp)
    sd s0, 0(sp)
    mul a0, a0, a1
    srli a2, a0, 17
    xor a0, a0, a2
    ori a0, a0, 1
    ld s0, 0(sp)
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
    end_function mix

    .balign 4
    function handler
1:  j 1b
    end_function handler

    .data
    .balign 8
    object table, 128
    .dword 1, 0, 3, 4, 5, 0, 7, 8, 9, 10, 0, 12, 13, 14, 15, 0
