// The guest of Tests/Sessions/ebreak.kdbg: two ebreaks of each encoding. The debugger takes the first of each; the guest's
// own trap handler takes the second, records its address and goes on behind it. In the end the guest shuts down, with
// reason 0 when both records are right, else 1 (system failure).
#include "sbi.h"

    .section .text.start, "ax"
    .globl _start
_start:
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    li s2, 0x1234                   // for the session to find again
    li s3, -1

    .globl sw_bp_1, sw_bp_1c, sw_bp_2, sw_bp_2c
    .option push
    .option norvc
sw_bp_1:
    ebreak                          // for the debugger
    .option pop
sw_bp_1c:
    c.ebreak                        // for the debugger
    addi s2, s2, 1
    .option push
    .option norvc
sw_bp_2:
    ebreak                          // for the guest
    .option pop
    la t0, recorded
    ld t1, record
    sd t1, 0(t0)
sw_bp_2c:
    c.ebreak                        // for the guest
    la t0, recorded_c
    ld t1, record
    sd t1, 0(t0)

    ld t0, recorded
    la t1, sw_bp_2
    bne t0, t1, fail
    ld t0, recorded_c
    la t1, sw_bp_2c
    bne t0, t1, fail
    li a1, SRST_NO_REASON
    j shut_down
fail:
    li a1, SRST_SYSTEM_FAILURE
shut_down:
    li a0, SRST_SHUTDOWN
    sbi_call SBI_SRST, SRST_SYSTEM_RESET
    j fail

// Takes a breakpoint exception: notes where it was and goes on behind the ebreak, which is 4 bytes long when its low two
// bits are 11, else 2.
    .balign 4
handler:
    csrr t3, scause
    li t4, CAUSE_BREAKPOINT
    bne t3, t4, fail
    csrr t3, sepc
    la t4, record
    sd t3, 0(t4)
    lhu t4, 0(t3)
    andi t4, t4, 3
    addi t3, t3, 2
    li t5, 3
    bne t4, t5, 1f
    addi t3, t3, 2
1:  csrw sepc, t3
    sret

    .data
    .balign 8
    .macro variable name
    .globl \name
    .type \name, @object
    .size \name, 8
\name: .dword 0
    .endm
    variable record
    variable recorded
    variable recorded_c
