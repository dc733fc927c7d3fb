// The serial port's interrupt by the PLIC: each byte that comes back in the port's loop is taken by the handler.
#include "sbi.h"
#include "virt.h"
#define SIE_SEIE (1 << 9)

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    li s0, UART
    li s1, PLIC_CONTEXT_S
    la s2, buffer
    li s3, 0                        // how often the handler was called

    li t0, PLIC
    li t1, 1
    sw t1, PLIC_PRIORITY(UART_SOURCE)(t0)
    li t0, PLIC_ENABLE_S
    li t1, 1 << UART_SOURCE
    sw t1, 0(t0)
    sw zero, 0(s1)                  // no threshold
    li t0, SIE_SEIE
    csrs sie, t0

    li t0, UART_MCR_LOOP
    sb t0, UART_MCR(s0)
    li t0, UART_IER_RECEIVED
    sb t0, UART_IER(s0)

    // With interrupts masked it is pending.
    li t0, '<'
    sb t0, UART_DATA(s0)
at masked
    csrsi sstatus, SSTATUS_SIE
at unmasked
    la s5, text
1:  lbu t0, 0(s5)
    beqz t0, 3f
    addi s5, s5, 1
    mv t1, s3
    sb t0, UART_DATA(s0)
2:  beq s3, t1, 2b                  // until the handler was here
    j 1b
3:  csrci sstatus, SSTATUS_SIE
at done
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .balign 4
    function handler
    csrr s6, scause
    lw s7, PLIC_CLAIM(s1)
at claimed
    lbu s8, UART_DATA(s0)
    sb s8, 0(s2)
    addi s2, s2, 1
    addi s3, s3, 1
    sw s7, PLIC_CLAIM(s1)
    lw s9, PLIC_CLAIM(s1)           // there is no other
at completed
    sret
    end_function handler

    .section .rodata
text:
    .asciz "abc>"

    .bss
    object buffer, 16
    .skip 16
