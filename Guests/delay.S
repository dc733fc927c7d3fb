// Runs for 3 seconds of 10 MHz and shuts down: time for someone to type in.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    rdtime s0
    li t0, 30000000
    add s0, s0, t0
1:  rdtime t0
    bltu t0, s0, 1b
    end_with SRST_SHUTDOWN, SRST_NO_REASON
    end_function _start
