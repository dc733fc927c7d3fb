// Tells each byte that comes by the serial port, in hexadecimal and angle brackets; q ends it.
#include "sbi.h"
#include "virt.h"

    .section .text.start, "ax"
    function _start
    li s0, UART
    la s1, digits
    li a0, '?'
    sb a0, UART_DATA(s0)
1:  lbu t0, UART_LSR(s0)
    andi t0, t0, UART_LSR_READY
    beqz t0, 1b
    lbu s2, UART_DATA(s0)
    li a0, '<'
    sb a0, UART_DATA(s0)
    srli t0, s2, 4
    add t0, t0, s1
    lbu a0, 0(t0)
    sb a0, UART_DATA(s0)
    andi t0, s2, 15
    add t0, t0, s1
    lbu a0, 0(t0)
    sb a0, UART_DATA(s0)
    li a0, '>'
    sb a0, UART_DATA(s0)
    li t0, 'q'
    bne s2, t0, 1b
at over
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .section .rodata
digits:
    .ascii "0123456789abcdef"
