// Stores to each of 256 pages in turn, twice: the number of the round and of the page. s1 is the page.
#include "sbi.h"
#define PAGES 256

    .section .text.start, "ax"
    function _start
    li s0, 1                        // the round
1:  la t0, many
    li s1, 0
2:  slli a1, s0, 16
    or a1, a1, s1
    at do_store
    sd a1, 8(t0)
    at did_store
    sd a1, 16(t0)                   // beside
    li t1, 4096
    add t0, t0, t1
    addi s1, s1, 1
    li t1, PAGES
    bne s1, t1, 2b
    at did_round
    addi s0, s0, 1
    li t1, 3
    bne s0, t1, 1b
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    .bss
    .balign 4096
    .globl many
many:
    .skip PAGES * 4096
