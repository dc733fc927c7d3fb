// Functions that call each other and keep a frame pointer, as compilers do with -fno-omit-frame-pointer; `leaf` keeps none.
// What `leaf` does at the end is chosen by s1, which the debugger sets: 0 returns, anything else jumps to nowhere.
#include "sbi.h"
#define NOWHERE 0x20000000          // no RAM, no device

    // Makes a frame of 16 bytes, with the caller's ra and s0 in it; takes it down again.
    .macro enter
    addi sp, sp, -16
    sd ra, 8(sp)
    sd s0, 0(sp)
    addi s0, sp, 16
    .endm
    .macro leave
    ld ra, 8(sp)
    ld s0, 0(sp)
    addi sp, sp, 16
    .endm

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li s0, 0                        // the outermost frame
    call outer
    .globl back_in_start
back_in_start:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    function outer
    enter
    call inner
    .globl back_in_outer
back_in_outer:
    leave
    ret
    end_function outer

    function inner
    enter
    call leaf
    .globl back_in_inner
back_in_inner:
    leave
    ret
    end_function inner

    function leaf
    .option push
    .option arch, +zba
    sh1add a0, a0, a1               // of an extension that is no part of RV64GC
    .option pop
    beqz s1, return
    li t0, NOWHERE
    jr t0
    .globl return
return:
    ret
    end_function leaf
