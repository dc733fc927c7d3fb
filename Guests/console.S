// Prints by the SBI's debug console: two lines by console_write, then one that does not end by console_write_byte.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la a1, text
    li a2, 0                        // the address's upper half
    li a0, text_end - text
    sbi_call SBI_DBCN, DBCN_WRITE
    .globl written
written:
    mv s0, a0                       // SBI error: 0 is success
    mv s1, a1                       // bytes written

    li a0, '?'
    sbi_call SBI_DBCN, DBCN_WRITE_BYTE
    .globl done
done:
    // The address of nothing: the SBI refuses with -3 (invalid parameter).
    li a0, 5
    li a1, 0x1000
    li a2, 0
    sbi_call SBI_DBCN, DBCN_WRITE
    mv s2, a0
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .section .rodata
text:
    .ascii "Hello from the guest.\n"
    .ascii "A second line.\n"
text_end:
