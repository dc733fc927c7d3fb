// Turns on Sv39 and goes to U-mode, where one instruction straddles two pages that are far apart in physical memory; takes calls
// and faults from there; then changes to another address space while it runs in a page that is another one there.
#include "sbi.h"
#define PTE_TABLE PTE_VALID
#define PTE_USER (PTE_ALL | 0x10)
#define USER 0x400000               // two pages of code
#define SWITCH 0x600000             // one page, another one in each address space

    // Puts an entry for the page at \page, with the bits \bits, into the table at \table.
    .macro entry table, index, page, bits
    la t0, \table
    la t1, \page
    srli t1, t1, 2
    ori t1, t1, \bits
    sd t1, (\index * 8)(t0)
    .endm

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
    // The first address space: RAM where it is, a 1 GiB page; at 4 MiB the user's pages, at 6 MiB this one's.
    entry root, 0, middle, PTE_TABLE
    entry middle, 2, leaf, PTE_TABLE
    entry leaf, 0, user_first, PTE_USER
    entry leaf, 1, user_second, PTE_USER
    entry middle, 3, leaf_switch, PTE_TABLE
    entry leaf_switch, 0, switch_here, PTE_ALL
    // The second one: the other page at 6 MiB.
    entry root_2, 0, middle_2, PTE_TABLE
    entry middle_2, 3, leaf_switch_2, PTE_TABLE
    entry leaf_switch_2, 0, switch_there, PTE_ALL
    la t0, root
    la t2, root_2
    li t1, (0x80000000 >> 2) | PTE_ALL
    sd t1, 2 * 8(t0)
    sd t1, 2 * 8(t2)
    srli t0, t0, 12
    srli t2, t2, 12
    li t1, SATP_SV39 << 60
    or t0, t0, t1
    or t2, t2, t1
    li t1, 1
    slli t1, t1, 44                 // an address space number of its own
    or t2, t2, t1
at paging_off
    csrw satp, t0
at paging_on
    sfence.vma

    li t1, USER + 0xff6
    csrw sepc, t1
    li t1, SSTATUS_SPP
    csrc sstatus, t1
at to_user
    sret
    end_function _start

at back_in_supervisor
    li a0, 0
    li t1, SWITCH
    la s5, behind_switch
at to_switch
    jr t1
at behind_switch
    csrw satp, zero                 // paging off again
at paging_off_again
    sfence.vma
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b

    .balign 4
    function handler
    csrr s1, scause
    csrr s2, sepc
    addi s3, s3, 1
    li s4, 99
    beq a7, s4, 1f                  // the user's last call
    addi s2, s2, 4
    csrw sepc, s2
at handler_return
    sret
1:  j back_in_supervisor
    end_function handler

    .section .text.user, "ax"
    .option push
    .option norvc
    .balign 4096
user_first:
    .skip 0xff6
    addi a0, zero, 1                // 0xff6
    .half 0x0001                    // 0xffa: c.nop
    .half 0x0001
    .half 0x0513                    // 0xffe: addi a0, a0, 7, which ends in the next page
    .skip 4096                      // so that no neighbour is the next one
user_second:
    .half 0x0075
    addi a1, a0, 1                  // 0x002
    ecall                           // 0x006
    ld a2, 0(zero)                  // 0x00a: nothing is there
    csrr a2, sstatus                // 0x00e: not for the user
    li a7, 99                       // 0x012
    ecall                           // 0x016
    .balign 4096
switch_here:
    csrw satp, t2
    addi a0, zero, 1                // not executed: this page is another one then
    addi a0, zero, 1
    .balign 4096
switch_there:
    addi a0, zero, 2
    addi a0, a0, 40
    jr s5
    .option pop
    .balign 4096

    .bss
    .balign 4096
root: .skip 4096
middle: .skip 4096
leaf: .skip 4096
leaf_switch: .skip 4096
root_2: .skip 4096
middle_2: .skip 4096
leaf_switch_2: .skip 4096
