// Computes with vectors of bytes, of words and of floating-point numbers, where the vCPU has the V extension.
#include "sbi.h"
    .option arch, +v

    .section .text.start, "ax"
    function _start
    // Off (VS 0, FS 0) until they are asked for.
    li t0, SSTATUS_VS_INITIAL | SSTATUS_FS_INITIAL
    csrs sstatus, t0

    .globl bytes, words, floats, done
    vsetivli t0, 16, e8, m1, ta, ma
    vid.v v1                        // 0, 1, 2, ...
    vadd.vi v2, v1, 3
bytes:
    vsetivli t0, 4, e32, m1, ta, ma
    vid.v v3
    vmul.vv v4, v3, v3              // squares
words:
    vadd.vv v5, v4, v3
    vmv.x.s s0, v5
    vfcvt.f.xu.v v6, v4
floats:
    la t0, stored
    vse32.v v5, (t0)
done:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .data
    .balign 16
    object stored, 16
    .word 0, 0, 0, 0
