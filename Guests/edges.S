// Places where a debugger that steps by ebreaks could lose the guest: a jump to itself that only an interrupt ends, a trap handler
// whose first instruction traps, an ebreak of the guest's own.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    li t0, SIE_STIE
    csrw sie, t0
    sbi_call SBI_TIME, TIME_SET_TIMER       // at once, since a0 is 0
    csrsi sstatus, SSTATUS_SIE
at idle
    j idle

at own_ebreak
    ebreak
at behind_ebreak
    nop
at to_bad_handler
    la t0, bad_handler
    csrw stvec, t0
at bad
    .word 0
    end_function _start

    // Counts the ticks and has the next one come in 1 ms; other traps are left behind.
    .balign 4
    function handler
    csrr t2, scause
    bgez t2, 1f
    addi s0, s0, 1
    rdtime a0
    li t1, 10000
    add a0, a0, t1
    sbi_call SBI_TIME, TIME_SET_TIMER
    sret
1:  addi s1, s1, 1
    csrr t2, sepc
    addi t2, t2, 2
    csrw sepc, t2
    sret
    end_function handler

    .balign 4
    function bad_handler
    .word 0                                 // illegal
    nop
    end_function bad_handler
