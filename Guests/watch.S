// Stores and loads of every kind, to one page and over its edges. Each has a label of its own and one behind it.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la s0, page
    la s1, page_end                 // the edge of two pages
    li t0, 1 << 13                  // sstatus.FS: floating point on
    csrs sstatus, t0

    // Every width, and the compressed forms.
    li a1, -1
    .option push
    .option norvc
    at do_sb
    sb a1, 16(s0)
    at do_sh
    sh a1, 18(s0)
    at do_sw
    sw a1, 20(s0)
    at do_sd
    sd a1, 8(s0)
    .option pop
    li a1, 0x11
    at do_csw
    c.sw a1, 20(s0)
    at do_csd
    c.sd a1, 8(s0)
    mv s2, sp
    mv sp, s0
    at do_cswsp
    c.swsp a1, 16(sp)
    at do_csdsp
    c.sdsp a1, 24(sp)
    mv sp, s2

    // Beside the counter, and the counter with the value that it has.
    at beside
    sd zero, 16(s0)
    at same
    sd a1, 8(s0)

    // The first bytes of the page.
    li a1, 0x1122334455667788
    at do_first
    sd a1, 0(s0)

    // Misaligned: within the page, over its beginning, over its end.
    at do_misaligned
    sd a1, 11(s0)
    at do_over_start
    sd a1, -3(s0)
    at do_over_end
    sd a1, -3(s1)
    at do_over_end_h
    sh a1, -1(s1)

    // What KVM cannot decode: atomic and floating-point ones.
    addi a0, s0, 8
    li a1, 1
    at do_amoadd
    amoadd.d a2, a1, (a0)
    at do_lr
    lr.d a2, (a0)
    addi a2, a2, 1
    at do_sc
    sc.d a3, a2, (a0)
    bnez a3, do_lr
    at did_sc
    li a1, 0x4008000000000000
    fmv.d.x fa0, a1                 // 3.0
    at do_fsd
    fsd fa0, 8(s0)
    fcvt.s.d fa1, fa0
    at do_fsw
    fsw fa1, 8(s0)
    at do_cfsd
    c.fsd fa0, 8(s0)

    // Loads.
    li a1, -1
    sd a1, 8(s0)
    li a1, 0x80
    at do_store80
    sb a1, 16(s0)
    at do_lb
    lb a2, 16(s0)
    at do_lbu
    lbu a3, 16(s0)
    at do_ld
    ld a4, 8(s0)
    at do_lw
    lw a5, 8(s0)
    at do_lwu
    lwu a6, 8(s0)
    at do_lhu
    lhu a7, 8(s0)
    at do_fld
    fld fa2, 8(s0)
    at do_ld_over_start
    ld t1, -3(s0)
    at do_ld_over_end
    ld t2, -3(s1)
    at did_loads

    // Code and stack in the page.
    la t0, page_stack
    mv s2, sp
    mv sp, t0
    li a0, 5
    call on_page
    at did_call
    mv sp, s2

    at do_end
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .section .data.page, "aw"
    .balign 4096
    .fill 4088, 1, 0
    object before, 8
    .dword 0
    .globl page
page:
    object first, 8
    .dword 0
    object counter, 8
    .dword 0
    object parts, 8
    .dword 0
    object other, 8
    .dword 0

    // Recursive, with a frame in the page: counts down to 0 and adds to counter.
    .balign 16
    function on_page
    addi sp, sp, -16
    sd ra, 8(sp)
    sd a0, 0(sp)
    beqz a0, 1f
    addi a0, a0, -1
    call on_page
1:  ld a0, 0(sp)
    ld t1, 8(s0)
    add t1, t1, a0
    at do_on_page
    sd t1, 8(s0)
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
    end_function on_page

    .balign 2048
    .globl page_stack
page_stack:
    .fill 2040, 1, 0
    object last, 8
    .dword 0
    .globl page_end
page_end:
    object next, 8
    .dword 0
    .fill 4088, 1, 0
