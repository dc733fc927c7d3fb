// Sets CSRs and reads them, a trap between; the debugger looks, and sets others.
#include "sbi.h"
#define PTE_IDENTITY ((0x80000000 >> 2) | PTE_ALL)

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, root
    li t1, PTE_IDENTITY
    sd t1, 2 * 8(t0)                // the gigapage of the RAM

    // The guest's doing, for the debugger to see.
    la t0, handler
    csrw stvec, t0
    li t0, 0x1122334455667788
    csrw sscratch, t0
    li t0, SIE_STIE
    csrw sie, t0
    li t0, SSTATUS_SPP
    csrc sstatus, t0
at guest_set

    // The debugger's doing, for the guest to see.
    csrr s2, stvec
    csrr s3, sscratch
    csrr s4, satp
    csrr s5, sie
    csrr s6, sstatus
    csrr s7, sepc
    csrr s8, scause
    csrr s9, stval
    csrr s10, scounteren
at guest_read

    // A trap goes where stvec says, and leads back to where sepc says.
    .option push
    .option norvc
at trap
    .word 0                         // illegal
    .option pop
at behind_trap
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .balign 4
    function handler
    li a0, 1
    j return
    end_function handler
    .balign 4
    function other_handler
    li a0, 2
return:
    csrr a1, scause
    csrr a2, sscratch
    csrr t0, sepc
    addi t0, t0, 4
    csrw sepc, t0
at handler_return
    sret
    end_function other_handler

    .bss
    .balign 4096
root: .skip 4096
    .globl root
