// In each of Sv39, Sv48 and Sv57 that the hart has: calls `work` by four names, which are pages of 4 KiB, 2 MiB, 1 GiB, and with Sv48
// and more also one of 512 GiB. `work` stores by such a name, too. s1 counts the modes, s2 the calls that were made, s3 and the
// object `arrived` those that arrived.
#include "sbi.h"
#define IN_4K 0x40200000
#define IN_2M 0x40000000
#define IN_512G_RAM 0x8080000000

    .macro entry table, index, page, bits
    la t0, \table
    la t1, \page
    srli t1, t1, 2
    ori t1, t1, \bits
    sd t1, (\index * 8)(t0)
    .endm
    // The address that \symbol has in the pages from \base on.
    .macro name register, symbol, base
    li t1, \base
    la \register, \symbol
    slli \register, \register, 33   // its offset in RAM, which begins at 2 GiB
    srli \register, \register, 33
    add \register, \register, t1
    .endm
    .macro call_in base
    name t0, work, \base
    name a0, arrived, \base
    addi s2, s2, 1
    jalr t0
    .endm
    // The entry of \symbol's page in the table of the first 2 MiB of RAM.
    .macro small_page symbol
    la t0, level_0
    la t2, \symbol
    li t3, 0x80000000
    sub t3, t2, t3
    srli t3, t3, 12
    slli t3, t3, 3
    add t3, t3, t0
    srli t2, t2, 12
    slli t2, t2, 10
    ori t2, t2, PTE_ALL
    sd t2, 0(t3)
    .endm

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    // From the leaves to the roots; each level above serves as the root of a mode.
    entry level_1, 1, level_0, PTE_VALID
    la t0, level_1
    li t1, (0x80000000 >> 2) | PTE_ALL
    sd t1, 0(t0)                    // 2 MiB
    small_page work                 // 4 KiB
    small_page arrived
    entry level_2, 1, level_1, PTE_VALID
    la t0, level_2
    li t1, (0x80000000 >> 2) | PTE_ALL
    sd t1, 2 * 8(t0)                // 1 GiB
    entry level_3, 0, level_2, PTE_VALID
    la t0, level_3
    li t1, PTE_ALL
    sd t1, 8(t0)                    // 512 GiB, from address 0 on
    entry level_4, 0, level_3, PTE_VALID
at tables_made
    li s4, 8
    la s5, level_2
1:  srli t0, s5, 12
    slli t1, s4, 60
    or t0, t0, t1
at turn_on
    csrw satp, t0
    sfence.vma
    csrr t1, satp
    bne t0, t1, 2f                  // the hart has no such mode
    addi s1, s1, 1
at turned_on
    call_in IN_4K
    call_in IN_2M
    call_in 0x80000000
    li t0, 8
    beq s4, t0, 2f
    call_in IN_512G_RAM
2:  csrw satp, zero
    sfence.vma
    addi s4, s4, 1
    li t0, 4096
    add s5, s5, t0
    li t0, 11
    bne s4, t0, 1b
at all_done
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    function work
    addi s3, s3, 1
    ld t1, 0(a0)
    addi t1, t1, 1
    at do_store
    sd t1, 0(a0)
    at did_store
    ret
    end_function work

    .data
    .balign 4096
    object arrived, 8
    .dword 0
    .bss
    .balign 4096
level_0: .skip 4096
level_1: .skip 4096
level_2: .skip 4096
level_3: .skip 4096
level_4: .skip 4096
