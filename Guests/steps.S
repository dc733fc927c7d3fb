// One of each form that leads elsewhere, 32 bits long and compressed, to be stepped one by one: the next label is where each must come out.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    li a0, 1
    li a1, 2
    li a2, 0
    la a3, counter
    .option push
    .option norvc

at branches
    beq a0, a1, .Lwrong
at beq_not_taken
    beq a0, a0, .Lbeq_taken
    j .Lwrong
at beq_taken
    bne a0, a0, .Lwrong
at bne_not_taken
    bne a0, a1, .Lbne_taken
    j .Lwrong
at bne_taken
    blt a1, a0, .Lwrong
at blt_not_taken
    blt a0, a1, .Lblt_taken
    j .Lwrong
at blt_taken
    bge a0, a1, .Lwrong
at bge_not_taken
    bge a1, a0, .Lbge_taken
    j .Lwrong
at bge_taken
    bltu a1, a0, .Lwrong
at bltu_not_taken
    bltu a0, a1, .Lbltu_taken
    j .Lwrong
at bltu_taken
    bgeu a0, a1, .Lwrong
at bgeu_not_taken
    bgeu a1, a0, .Lback
    j .Lwrong
at back_taken
    j .Ljumps
at back
    beq x0, x0, .Lback_taken          // backwards

at jumps
    jal t0, .Ljal_taken
    j .Lwrong
at jal_taken
    la t1, .Ljalr_taken - 4
at jalr
    jalr t2, 5(t1)                  // the lowest bit of the sum is cleared
    j .Lwrong
at jalr_taken
    la t1, .Lown_taken
at jalr_own
    jalr t1, 0(t1)                  // the register that it goes by is the one that it sets
    j .Lwrong
at own_taken
    fence.i
at fenced
    .option pop

    c.beqz a0, .Lwrong
at c_beqz_not_taken
    c.beqz a2, .Lc_beqz_taken
    j .Lwrong
at c_beqz_taken
    c.bnez a2, .Lwrong
at c_bnez_not_taken
    c.bnez a0, .Lc_bnez_taken
    j .Lwrong
at c_bnez_taken
    c.j .Lc_j_taken
    j .Lwrong
at c_j_taken
    la t1, .Lc_jr_taken
at c_jr
    c.jr t1
    j .Lwrong
at c_jr_taken
    la t1, .Lc_jalr_taken
at c_jalr
    c.jalr t1
at c_jalr_behind
    j .Lwrong
at c_jalr_taken

    // A jump into its own upper half, which is the c.nop 0x0001: jal zero, 2, written in halves.
    .balign 4
at into_itself
    .half 0x006f, 0x0020
at behind_itself
    nop

    // A counter counted up by LR and SC, and one that leaves the sequence in its middle.
at count
    lr.w t0, (a3)
    addi t0, t0, 1
    sc.w t1, t0, (a3)
at counted
    bnez t1, .Lcount
at swap
    lr.w t0, (a3)
    bne t0, a2, .Lswapped_not         // it is 1, not 0
    sc.w t1, a1, (a3)
    bnez t1, .Lswap
    j .Lwrong
at swapped_not
    lr.d t0, (a3)                   // an LR without an SC that belongs to it
at alone
    amoadd.w t0, a0, (a3)
at added

    // The SBI answers and comes back.
    li a7, 0x10
    li a6, 0
at call_sbi
    ecall
at sbi_called

    // Exceptions: each goes on behind the instruction.
at illegal
    .word 0xc0001073                // csrrw zero, cycle, zero
at machine_return
    mret
at misses
    .word 0                         // c.unimp twice: the handler goes on by four
at excepted
    ebreak                          // the guest's own
at broke
    c.ebreak
at broke_short
    nop
at tight
    j .Ltight                         // for ever

at wrong
    end_with SRST_SHUTDOWN, SRST_SYSTEM_FAILURE
1:  j 1b
    end_function _start

    .balign 4
    function handler
    csrr s1, scause
    csrr s2, sepc
    addi s2, s2, 4
    csrw sepc, s2
    sret
    end_function handler

    .data
    .balign 8
    object counter, 8
    .dword 0
