// The serial port as a program without interrupts uses it: it waits until the transmitter is empty, and until something came.
#include "sbi.h"
#include "virt.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li s0, UART
    la a0, text
    call print

    // In the loop what is sent comes back.
    li t0, UART_MCR_LOOP
    sb t0, UART_MCR(s0)
    la s1, word
    la s2, echo
1:  lbu a0, 0(s1)
    beqz a0, 2f
    call send
    call receive
    sb a0, 0(s2)
    addi s1, s1, 1
    addi s2, s2, 1
    j 1b
2:  sb zero, UART_MCR(s0)
at looped
    la a0, echo
    call print

    // Nothing is there when nothing came.
    lbu s3, UART_LSR(s0)
    lbu s4, UART_DATA(s0)
at done
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    // Prints the text at a0, up to its zero.
    function print
    mv t2, a0
    mv t3, ra
1:  lbu a0, 0(t2)
    beqz a0, 2f
    call send
    addi t2, t2, 1
    j 1b
2:  jr t3
    end_function print

    function send
1:  lbu t0, UART_LSR(s0)
    andi t0, t0, UART_LSR_EMPTY
    beqz t0, 1b
    sb a0, UART_DATA(s0)
    ret
    end_function send

    function receive
1:  lbu t0, UART_LSR(s0)
    andi t0, t0, UART_LSR_READY
    beqz t0, 1b
    lbu a0, UART_DATA(s0)
    ret
    end_function receive

    .section .rodata
text:
    .asciz "By the serial port.\n"
word:
    .asciz "there and back\n"

    .bss
    object echo, 32
    .skip 32
