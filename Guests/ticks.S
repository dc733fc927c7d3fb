// A timer that fires again and again: interrupts are pending all the time while this is stepped. s0 counts those that were taken.
#include "sbi.h"
#define TICK 500                    // 50 µs at 10 MHz

    .macro next_tick
    rdtime a0
    addi a0, a0, TICK
    sbi_call SBI_TIME, TIME_SET_TIMER
    .endm

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li s0, 0
    la t0, handler
    csrw stvec, t0
    li t0, SIE_STIE
    csrw sie, t0
    next_tick
    csrsi sstatus, SSTATUS_SIE

at straight
    .rept 50
    addi s2, s2, 1
    xor s3, s3, s2
    .endr
    j straight

    // Accesses to what the debugger changes to mask interrupts.
at registers
    csrr t1, sie
    csrr t2, sstatus
    li t3, SIE_STIE
    csrrc t4, sie, t3
    csrr t5, sie
    csrrs t6, sie, t3
    csrrwi s4, sie, 0
    csrw sie, t3
    csrrci s5, sstatus, SSTATUS_SIE
    csrr s6, sstatus
    csrsi sstatus, SSTATUS_SIE
at illegal
    .word 0xc0001073                // csrrw zero, cycle, zero
at behind_illegal
    nop

at calling
    jal wait_for_tick
at called
    nop
at sleeping
    wfi
at awake
    csrw sie, zero
at sleeping_forever
    wfi
at never
    nop
1:  j 1b
    end_function _start

    // Returns once a further interrupt was taken.
    function wait_for_tick
    mv s7, s0
1:  beq s7, s0, 1b
    ret
    end_function wait_for_tick

    .balign 4
    function handler
    csrr s8, scause
    bgez s8, .Lexception
    addi s0, s0, 1
    next_tick
    sret
at exception
    csrr s9, sie
    csrr s10, sstatus
    csrr s11, sepc
    addi s11, s11, 4
    csrw sepc, s11
at exception_return
    sret
    end_function handler
