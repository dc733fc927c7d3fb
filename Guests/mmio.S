// Loads and stores of each width, the compressed forms too, where there is neither RAM nor a device. Each has a label of its own.
#include "sbi.h"
#define NOWHERE 0x20000000

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    li s0, NOWHERE
    li a1, 0x1122334455667788
    .option push
    .option norvc
at do_sb
    sb a1, 0(s0)
at do_sh
    sh a1, 8(s0)
at do_sw
    sw a1, 16(s0)
at do_sd
    sd a1, 24(s0)
at do_lb
    lb a0, 1(s0)
at do_lbu
    lbu a0, 1(s0)
at do_lh
    lh a0, 2(s0)
at do_lhu
    lhu a0, 2(s0)
at do_lw
    lw a0, 4(s0)
at do_lwu
    lwu a0, 4(s0)
at do_ld
    ld a0, 8(s0)
    .option pop
at do_csw
    c.sw a1, 32(s0)
at do_csd
    c.sd a1, 40(s0)
at do_clw
    c.lw a0, 32(s0)
at do_cld
    c.ld a0, 40(s0)
    mv s1, sp
    mv sp, s0
at do_cswsp
    c.swsp a1, 48(sp)
at do_csdsp
    c.sdsp a1, 56(sp)
at do_clwsp
    c.lwsp a0, 48(sp)
at do_cldsp
    c.ldsp a0, 56(sp)
    mv sp, s1
at do_zero
    lw zero, 0(s0)                  // to nowhere, from nowhere
at do_end
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start
