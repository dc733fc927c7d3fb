// Waits for three interrupts of the timer (SBI TIME), or more where the host is slow, then shuts down. The main loop sleeps by wfi.
#include "sbi.h"
#define TICK 100000                 // 10 ms at 10 MHz

    .macro next_tick
    rdtime a0
    li t0, TICK
    add a0, a0, t0
    sbi_call SBI_TIME, TIME_SET_TIMER
    .endm

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li s0, 0                        // ticks
    la t0, handler
    csrw stvec, t0
    li t0, SIE_STIE
    csrs sie, t0
at first_tick
    next_tick
    csrsi sstatus, SSTATUS_SIE
    .globl sleep, awake, done
sleep:
    wfi
awake:
    li t6, 3
    bltu s0, t6, sleep
done:
    csrci sstatus, SSTATUS_SIE      // the handler uses the registers of the call that follows
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .balign 4
    function handler
    addi s0, s0, 1
    csrr s1, scause
    next_tick
    sret
    end_function handler
