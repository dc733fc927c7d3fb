// Turns on Sv39 with two pages that are neighbours in virtual memory and lie the other way round in physical memory, and with
// an end behind them: what crosses the pages' edge must go by the page tables. RAM stays where it is.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top

    // Entries of the root: index 2 is 0x80000000, 511 is 0xffffffff_c0000000.
    la t0, root
    li t1, (0x80000000 >> 2) | PTE_ALL
    sd t1, 2 * 8(t0)
    la t1, middle
    srli t1, t1, 2
    ori t1, t1, PTE_VALID
    li t2, 511 * 8
    add t2, t2, t0
    sd t1, 0(t2)
    la t2, middle
    la t1, leaf
    srli t1, t1, 2
    ori t1, t1, PTE_VALID
    sd t1, 0(t2)
    la t2, leaf
    la t1, lower_page
    srli t1, t1, 2
    ori t1, t1, PTE_ALL
    sd t1, 0(t2)
    la t1, upper_page
    srli t1, t1, 2
    ori t1, t1, PTE_ALL
    sd t1, 8(t2)

    srli t0, t0, 12
    li t1, SATP_SV39 << 60
    or t0, t0, t1
    csrw satp, t0
    sfence.vma
    .globl paging_on
paging_on:
    c.ebreak
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .data
    .balign 4096
    object upper_page, 4096
    .ascii "page edge"
    .skip 4096 - 9
    object lower_page, 4096
    .skip 4096 - 6
    .ascii "a long"
    .bss
    .balign 4096
root: .skip 4096
middle: .skip 4096
leaf: .skip 4096
