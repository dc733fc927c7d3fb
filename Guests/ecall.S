// Makes one SBI call after the other; which, the debugger says in the registers while the guest stands at `call`. It stands at
// `answered` with what came of it. An interrupt is noted and not taken again.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    li s0, 0                        // interrupts
at call
    ecall
at answered
    j .Lcall
    end_function _start

    // The software interrupt is cleared; the timer's goes away when it is set to never.
    .balign 4
    function handler
    addi s0, s0, 1
    csrr s1, scause
    csrw sie, zero
    csrci sip, 1 << 1
    sret
    end_function handler

    .data
    .balign 4096
    object text, 16
    .ascii "Hello from SBI.\n"
