// Executes code and reads data in a page, and then stores to it: integers and an atomic operation.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la s0, word
    // 1,000 calls into the page, each with a load from it.
    li s1, 1000
    li a0, 0
1:  call add_word
    addi s1, s1, -1
    bnez s1, 1b
at did_calls
    li a1, 7
at do_store
    sd a1, 0(s0)
at do_byte
    sb a1, 9(s0)
at do_atomic
    amoadd.d a2, a1, (s0)
at do_load
    ld a3, 0(s0)
at do_end
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .section .data.page, "awx"
    .balign 4096
    object word, 8
    .dword 3
    object other, 8
    .dword 0
    function add_word
    ld t0, 0(s0)
    add a0, a0, t0
    ret
    end_function add_word
    .balign 4096
