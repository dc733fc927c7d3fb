// Vector stores and loads of every kind, to one page and over its end, where the vCPU has the V extension. Each has a label of its
// own and one behind it.
#include "sbi.h"
    .option arch, +v

    .section .text.start, "ax"
    function _start
    li t0, SSTATUS_VS_INITIAL | SSTATUS_FS_INITIAL
    csrs sstatus, t0
    la s0, page
    la s1, page_end
    vsetivli zero, 4, e32, m1, ta, ma
    vid.v v1                        // 0, 1, 2, 3
    vadd.vi v2, v1, 1               // 1, 2, 3, 4
    vsll.vi v3, v1, 3               // 0, 8, 16, 24
    vmv.v.i v0, 6                   // as a mask: elements 1 and 2

    // The elements one behind the other; beside the counter; the same ones again.
    at do_unit
    vse32.v v2, (s0)
    at did_unit
    addi a0, s0, 64
    vse32.v v2, (a0)
    vse32.v v2, (s0)

    // Apart, scattered, some, all of the register, interleaved, a mask.
    li a1, 8
    at do_strided
    vsse32.v v2, (s0), a1
    at do_indexed
    vsuxei32.v v1, (s0), v3
    at do_masked
    vse32.v v2, (s0), v0.t
    at do_whole
    vs1r.v v1, (s0)
    at do_segments
    vsseg2e32.v v1, (s0)
    addi a0, s0, 8
    at do_mask
    vsm.v v0, (a0)
    at did_mask

    // None at all: the length is 0.
    vsetivli zero, 0, e32, m1, ta, ma
    at do_none
    vse32.v v2, (s0)
    at did_none

    // Over the end of the page.
    vsetivli zero, 4, e32, m1, ta, ma
    addi a0, s1, -8
    at do_over_end
    vse32.v v2, (a0)
    at did_over_end

    // Loads.
    at do_load
    vle32.v v5, (s0)
    at did_load
    vlse32.v v6, (s0), a1
    at did_strided_load
    at do_end
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .data
    .balign 4096
    .globl page
page:
    object first, 8
    .dword 0
    object counter, 8
    .dword 0
    .fill 4072, 1, 0
    object last, 8
    .dword 0
    .globl page_end
page_end:
    object next, 8
    .dword 0
    .fill 4088, 1, 0
