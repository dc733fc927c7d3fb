// Prints s0 lines of 64 bytes and is off: by the serial port, a byte at a time, or by the SBI's debug console, a line at a time.
#include "../../Guests/sbi.h"
#include "../../Guests/virt.h"

#define LINE 64

    .section .text.start, "ax"
    function _start
    j serial
    end_function _start

    function serial
    li s1, UART
1:  la s2, line
    addi s3, s2, LINE
2:  lbu a0, 0(s2)
    sb a0, UART_DATA(s1)
    addi s2, s2, 1
    bne s2, s3, 2b
    addi s0, s0, -1
    bnez s0, 1b
    end_with SRST_SHUTDOWN, SRST_NO_REASON
    end_function serial

    function debug_console
1:  li a0, LINE
    la a1, line
    li a2, 0
    sbi_call SBI_DBCN, DBCN_WRITE
    addi s0, s0, -1
    bnez s0, 1b
    end_with SRST_SHUTDOWN, SRST_NO_REASON
    end_function debug_console

    .data
    object line, LINE
    .ascii "What is printed here is as long as a line of a kernel's is: 64.\n"
