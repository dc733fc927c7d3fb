// Watched pages under paging (Sv39): aliases of a page, page tables that are watched themselves, entries with A and D clear.
#include "sbi.h"
#define PTE_V_R_W 0x07
#define PTE_A 0x40
#define PTE_D 0x80


    // Stores the entry for the page at \page into slot \slot of the table at \table.
    .macro entry table, slot, page, flags
    la t0, \table
    la t1, \page
    srli t1, t1, 12
    slli t1, t1, 10
    ori t1, t1, \flags
    sd t1, \slot*8(t0)
    .endm

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la s0, page
    // The gigapage of the RAM as it is; two more, 0x40000000 and 0x40001000, both to `page`; 0x40002000 to `fresh`.
    la t0, root
    li t1, (0x80000000 >> 2) | PTE_ALL
    sd t1, 2*8(t0)
    entry root, 1, middle, PTE_VALID
    entry middle, 0, leaves, PTE_VALID
    entry leaves, 0, page, PTE_ALL
    entry leaves, 1, page, PTE_ALL
    entry leaves, 2, fresh, PTE_V_R_W
    la t0, root
    srli t0, t0, 12
    li t1, SATP_SV39 << 60
    or t0, t0, t1
    csrw satp, t0
    sfence.vma
    la t0, handler
    csrw stvec, t0
    li s1, 0x40000000
    li s2, 0x40001000
    li s3, 0x40002000
    li a1, 1

    // The counter through both aliases; over the edge of one alias into the other, which is the same page.
    at do_first
    sd a1, 8(s1)
    li a1, 2
    at do_second
    sd a1, 8(s2)
    li a1, -1
    at do_alias_edge
    sd a1, -4(s2)

    // The first load and the first store of a page, for which the hart may set A and D in its entry, or fault.
    li a1, 0x5a
    at do_fresh_load
    ld a2, 0(s3)
    at do_fresh_store
    sd a1, 0(s3)
    at did_fresh

    // The entry itself.
    la t0, leaves
    ld a3, 16(t0)
    at do_entry
    sd a3, 16(t0)
    sd zero, 24(t0)
    li t1, 0x1000
    at do_clear
    sd zero, 16(t0)
    sfence.vma
    entry leaves, 2, fresh, PTE_ALL
    sfence.vma
    at do_reload
    ld a4, 0(s3)
    at do_restore
    sd a4, 16(s3)
    at do_atomic
    amoadd.d a5, a1, (s3)
    at did_all
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    // A hart without Svadu faults where A or D is clear: sets both and tries again.
    .balign 4
    function handler
    la t0, leaves
    ld t1, 16(t0)
    ori t1, t1, PTE_A | PTE_D
    sd t1, 16(t0)
    sfence.vma
    addi s5, s5, 1
    sret
    end_function handler

    .section .data.page, "aw"
    .balign 4096
    .globl page
page:
    object first, 8
    .dword 0
    object counter, 8
    .dword 0
    .fill 4080, 1, 0
    .globl fresh
fresh:
    .dword 0x1234
    .fill 4088, 1, 0
    .globl root, middle, leaves
root:
    .fill 4096, 1, 0
middle:
    .fill 4096, 1, 0
leaves:
    .fill 4096, 1, 0
