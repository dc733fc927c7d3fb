// One of each kind of instruction that can lead elsewhere, each at a label of its own. With a breakpoint at every label,
// the guest must come out with the same registers as without: each wrong way ends in `wrong`, which shuts down with reason 1.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li s0, 0                        // what was executed, one bit each
    li a0, 1
    li a1, 2

    .option push
    .option norvc
    .globl taken, not_taken, jump, call_far, call_register, alone, call_sbi
taken:
    blt a0, a1, 1f                  // a branch that is taken
    j wrong
1:  ori s0, s0, 1
not_taken:
    beq a0, a1, wrong               // one that is not
    ori s0, s0, 2
jump:
    jal t0, 1f                      // a jump that notes where it came from
    j wrong
1:  ori s0, s0, 4
call_far:
    jal ra, callee
    ori s0, s0, 8
    la t1, callee
call_register:
    jalr ra, 0(t1)                  // a call through a register
    ori s0, s0, 16
    .option pop

    .globl c_jump, c_taken, c_not_taken, c_call, c_jump_register
c_jump:
    c.j 1f
    j wrong
1:  ori s0, s0, 32
    li a2, 0
c_taken:
    c.beqz a2, 1f
    j wrong
1:  ori s0, s0, 64
c_not_taken:
    c.bnez a2, wrong
    ori s0, s0, 128
c_call:
    c.jalr t1
    ori s0, s0, 256
    la t2, 1f
c_jump_register:
    c.jr t2
    j wrong
1:  ori s0, s0, 512

    // A call of the SBI: base extension, get_spec_version. It comes back behind the ecall with the version in a1.
    li a7, 0x10
    li a6, 0
call_sbi:
    ecall
    mv s1, a0
    mv s2, a1

    // The program's way back from a trap: sret goes on at sepc.
    la t0, 1f
    csrw sepc, t0
    li t0, SSTATUS_SPP
    csrs sstatus, t0
    .globl trap_return
trap_return:
    sret
    j wrong
1:  ori s0, s0, 1024

    // An exception: the handler goes on behind the instruction.
    la t0, handler
    csrw stvec, t0
    .globl illegal
illegal:
    .word 0xc0001073                // unimp: csrrw x0, cycle, x0
    ori s0, s0, 2047
    .globl done
done:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
    .globl wrong
wrong:
    end_with SRST_SHUTDOWN, SRST_SYSTEM_FAILURE
1:  j 1b
    end_function _start

    function callee
    addi s3, s3, 1
    .globl callee_return
callee_return:
    ret
    end_function callee

    .balign 4
    function handler
    csrr s4, scause
    csrr t3, sepc
    addi t3, t3, 4
    csrw sepc, t3
    sret
    end_function handler
