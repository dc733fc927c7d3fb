// Hangs in one instruction, for ever.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    li s0, 1
    .globl hang
hang:
    j hang
    end_function _start
