// A guest that is linked high and loaded low, as kernels are: it starts with paging off at its physical address, maps itself
// to where it is linked, and goes there.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la t0, root
    li t1, (0x80000000 >> 2) | PTE_ALL
    sd t1, 2 * 8(t0)
    li t2, 510 * 8
    add t2, t2, t0
    sd t1, 0(t2)
    srli t0, t0, 12
    li t1, SATP_SV39 << 60
    or t0, t0, t1
    .globl still_low
    csrw satp, t0
    sfence.vma
still_low:
    ld t0, high_address
    jr t0
    end_function _start

    .text
    function high_main
    la t0, value
    ld s0, 0(t0)
    addi s0, s0, 1
    sd s0, 0(t0)
    .globl done
done:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function high_main

    .balign 8
    object high_address, 8
    .dword high_main

    .data
    .balign 8
    object value, 8
    .dword 0x1111

    .bss
    .balign 4096
root: .skip 4096
