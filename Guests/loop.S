// Counts in s0 without end. A breakpoint stops it, or Ctrl-C.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    li s0, 0
    .globl loop, again
loop:
    addi s0, s0, 1
again:
    j loop
    end_function _start
