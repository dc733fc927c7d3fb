// Turns on Sv39: RAM stays where it is (a 1 GiB page), is at 0xffffffff_80000000 as well (another), and one page of data is
// at 0xffffffff_c0000000 (a 4 KiB page, three levels down). Then it calls `work` by both names.
#include "sbi.h"
#define HIGH_OFFSET 0xffffffff00000000

    .section .text.start, "ax"
    function _start
    la sp, stack_top

    // Entries of the root: index 2 is 0x80000000, 510 is 0xffffffff_80000000, 511 is 0xffffffff_c0000000.
    la t0, root
    li t1, (0x80000000 >> 2) | PTE_ALL
    sd t1, 2 * 8(t0)
    li t2, 510 * 8
    add t2, t2, t0
    sd t1, 0(t2)
    la t1, middle
    srli t1, t1, 2
    ori t1, t1, PTE_VALID
    sd t1, 8(t2)
    la t2, middle
    la t1, leaf
    srli t1, t1, 2
    ori t1, t1, PTE_VALID
    sd t1, 0(t2)
    la t2, leaf
    la t1, page
    srli t1, t1, 2
    ori t1, t1, PTE_ALL
    sd t1, 0(t2)

    .globl paging_off, paging_on, called_low, called_high
paging_off:
    srli t0, t0, 12
    li t1, SATP_SV39 << 60
    or t0, t0, t1
    csrw satp, t0
    sfence.vma
paging_on:
    call work
called_low:
    la t0, work
    li t1, HIGH_OFFSET
    add t0, t0, t1
    jalr t0
called_high:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    // Adds one to the counter by its high name.
    function work
    li t0, 0xffffffffc0000000
    ld t1, 0(t0)
    addi t1, t1, 1
    sd t1, 0(t0)
    ret
    end_function work

    .data
    .balign 4096
    object page, 8
    .dword 41
    .bss
    .balign 4096
root: .skip 4096
middle: .skip 4096
leaf: .skip 4096
