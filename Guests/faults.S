// Under Sv39: loads, stores and fetches at the address in s0. A fault is noted and ends at `faulted`; what comes through ends at
// `came_through`. Of the virtual addresses below the RAM, which is mapped as it is, one page leads to where no memory is, and
// others lack a bit each.
#include "sbi.h"
#define NOWHERE 0x20000000
#define V 0x01
#define R 0x02
#define W 0x04
#define X 0x08
#define U 0x10
#define A 0x40
#define D 0x80

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
    // 0x40000000: a page to nowhere; then pages that can be executed only, read only, and used in U-mode only; then nothing.
    entry root, 1, middle, V
    entry middle, 0, leaf, V
    la t0, leaf
    li t1, (NOWHERE >> 2) | V | R | W | X | A | D
    sd t1, 0(t0)
    entry leaf, 1, page, V | X | A
    entry leaf, 2, page, V | R | A
    entry leaf, 3, page, V | R | W | X | U | A | D
    la t0, root
    li t1, (0x80000000 >> 2) | V | R | W | X | A | D
    sd t1, 2 * 8(t0)
    srli t0, t0, 12
    li t1, SATP_SV39 << 60
    or t0, t0, t1
    csrw satp, t0
    sfence.vma
at ready
    .option push
    .option norvc
at do_load
    ld a0, 0(s0)
    j came_through
at do_store
    sd a1, 0(s0)
    j came_through
at do_atomic
    amoadd.d a0, a1, (s0)
    j came_through
at do_fetch
    jalr s0
    .option pop
at came_through
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .balign 4
    function handler
    csrr s1, scause
    csrr s2, stval
    csrr s3, sepc
at faulted
    j came_through
    end_function handler

    .data
    .balign 4096
page:
    ret
    .balign 4096

    .bss
    .balign 4096
root: .skip 4096
middle: .skip 4096
leaf: .skip 4096
