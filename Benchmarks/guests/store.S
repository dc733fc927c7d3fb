// 20,000 stores beside `watched`, in its page, then `done`; and from `elsewhere` on, 1,000 million rounds off that page.
#include "../../Guests/sbi.h"

    .section .text.start, "ax"
    function _start
    la a0, beside
    li a1, 20000
    .globl loop, done, elsewhere, far_loop, far_done
loop:
    sd a1, 0(a0)
    addi a1, a1, -1
    bnez a1, loop
done:
    j done
    end_function _start

    function elsewhere
    la a0, far
    li a1, 1000000000
far_loop:
    sd a1, 0(a0)
    addi a1, a1, -1
    bnez a1, far_loop
far_done:
    j far_done
    end_function elsewhere

    .data
    .balign 4096
    object watched, 8
    .dword 0
    object beside, 8
    .dword 0
    .balign 4096
    object far, 8
    .dword 0
