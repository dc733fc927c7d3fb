// Computes with floating-point numbers: loads, sums and quotients of both precisions, with their flags; then a loop that
// halves a number. The places to stop at have names.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    // Off (FS 0) until it is asked for.
    li t0, SSTATUS_FS_INITIAL
    csrs sstatus, t0

    .globl loaded, added, divided, halved, done
    la t0, doubles
    fld fa0, 0(t0)
    fld fa1, 8(t0)
    la t0, singles
    flw fs0, 0(t0)
    flw fs1, 4(t0)
loaded:
    fadd.d fa2, fa0, fa1
    fadd.s fs2, fs0, fs1
added:
    fmv.d.x ft0, zero
    fdiv.d ft1, fa0, ft0            // 1.5 / 0: infinite, DZ
    fdiv.d ft2, ft0, ft0            // 0 / 0: not a number, NV
    fcvt.s.d ft3, fa2               // exact: no flag
    frrm t1
    frflags t2
divided:
    la t0, result
    fsd fa2, 0(t0)
    la t0, single_result
    fsw fs2, 0(t0)

    li s0, 3
    la t0, half
    fld ft4, 0(t0)
1:  fmul.d fa0, fa0, ft4
halved:
    addi s0, s0, -1
    bnez s0, 1b
done:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .data
    .balign 8
    object doubles, 16
    .double 1.5, -0.25
    object singles, 8
    .float 0.1, 0.2
    object half, 8
    .double 0.5
    object result, 8
    .double 0
    object single_result, 4
    .float 0
