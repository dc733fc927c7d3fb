// Talks on the SBI's debug console: a line at once, three lines byte by byte; then waits until `go` is not zero, says goodbye and
// shuts down.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la a1, boot
    li a2, 0                        // the address's upper half
    li a0, boot_end - boot
    sbi_call SBI_DBCN, DBCN_WRITE
    la s0, ticks
    jal say
    la s1, go
wait:
    lw s2, 0(s1)
    beqz s2, wait
    la s0, bye
    jal say
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    // Says the text at s0, which ends with a zero, byte by byte.
    function say
    lbu a0, 0(s0)
    beqz a0, 2f
    sbi_call SBI_DBCN, DBCN_WRITE_BYTE
    addi s0, s0, 1
    j say
2:  ret
    end_function say

    .section .rodata
    .globl boot
    .type boot, @object
boot:
    .ascii "Booting version 6.12.\r\n"
boot_end:
    .byte 0
    .size boot, . - boot
ticks:
    .asciz "tick 1\r\ntick 12\r\nReady.\r\n"
bye:
    .asciz "bye"

    .data
    .balign 4
    .globl go
    .type go, @object
go:
    .word 0
    .size go, 4
