// Fills RAM from 1 MiB on up to 1 GiB with numbers, each of them once.
#include "../../Guests/sbi.h"

    .section .text.start, "ax"
    function _start
    li a0, 0x80100000
    li a1, 0xc0000000
    li a2, 0x9e3779b97f4a7c15
    li a3, 0
    .globl loop, done
loop:
    sd a3, 0(a0)
    add a3, a3, a2
    addi a0, a0, 8
    bne a0, a1, loop
done:
    j done
    end_function _start
