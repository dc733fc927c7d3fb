// Goes to U-mode, where an ebreak and a c.ebreak stand, and then an ecall, which the guest's own handler in S-mode takes. Each trap that the
// handler gets is noted: how many, and the cause of the last one.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    la t0, user
    csrw sepc, t0
    li t0, SSTATUS_SPP
    csrc sstatus, t0
    sret
    end_function _start

    function user
    li s0, 7
    .globl user_break, user_break_2, user_call
    .option push
    .option norvc
user_break:
    ebreak
    .option pop
user_break_2:
    c.ebreak
user_call:
    ecall
1:  j 1b
    end_function user

    // An ebreak: go on behind it, which is 4 bytes long when its low two bits are 11, else 2. Anything else: the end.
    .balign 4
    function handler
    la t0, traps
    lw t1, 0(t0)
    addi t1, t1, 1
    sw t1, 0(t0)
    csrr t2, scause
    sw t2, 4(t0)
    li t3, CAUSE_BREAKPOINT
    bne t2, t3, 1f
    csrr t3, sepc
    lhu t4, 0(t3)
    andi t4, t4, 3
    addi t3, t3, 2
    li t5, 3
    bne t4, t5, 2f
    addi t3, t3, 2
2:  csrw sepc, t3
    sret
1:  end_with SRST_SHUTDOWN, SRST_NO_REASON
    end_function handler

    .data
    .balign 8
    object traps, 4
    .word 0
    object last_cause, 4
    .word 0
