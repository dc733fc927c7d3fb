// Several harts: hart 0 starts the others (SBI HSM), all of them call `work` `rounds` times, and hart 0 shuts down when all are done.
// a1 of the others is their stack. `harts` and `rounds` are for the debugger to change before the guest runs.
#include "sbi.h"

    .section .text.start
    .globl _start
_start:
    la sp, stacks + 4096
    mv s0, a0                       // the hart's id
    li s1, 1
    la s2, stacks + 8192
at next_hart
    ld t0, harts
    bgeu s1, t0, .Lnone
    mv a0, s1
    la a1, .Lother
    mv a2, s2
    sbi_call SBI_HSM, HSM_HART_START
    addi s1, s1, 1
    li t0, 4096
    add s2, s2, t0
    j .Lnext_hart
at none
    call rounds_of_work
    ld t0, harts
.Lwait:
    ld t1, done
    bne t0, t1, .Lwait
at all_done
    end_with SRST_SHUTDOWN, SRST_NO_REASON

at other
    mv sp, a1
    mv s0, a0
    call rounds_of_work
at parked
    sbi_call SBI_HSM, HSM_HART_STOP
.Lpark:
    j .Lpark

function rounds_of_work
    addi sp, sp, -16
    sd ra, 8(sp)
    ld s3, rounds
.Lround:
    beqz s3, .Lend
    call work
    addi s3, s3, -1
    j .Lround
.Lend:
    la t0, done
    li t1, 1
    amoadd.d.rl zero, t1, (t0)
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
end_function rounds_of_work

// Counts for its hart, and for all.
function work
    la t0, counts
    slli t1, s0, 3
    add t0, t0, t1
    ld t1, (t0)
    addi t1, t1, 1
    sd t1, (t0)
    la t0, total
    li t1, 1
    amoadd.d zero, t1, (t0)
    ret
end_function work

    .data
    .balign 8
object harts, 8
    .dword 4
object rounds, 8
    .dword 100
object done, 8
    .dword 0
object total, 8
    .dword 0
object counts, 64
    .fill 8, 8, 0

    .bss
    .balign 4096
object stacks, 32768
    .space 32768
