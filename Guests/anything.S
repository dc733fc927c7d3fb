// Room for code that the debugger puts there.
#include "sbi.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    la t0, handler
    csrw stvec, t0
at ready
    object code, 4096
    .skip 4096
at behind
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start

    // What the code raises ends it.
    .balign 4
    function handler
    csrr s1, scause
    end_with SRST_SHUTDOWN, SRST_SYSTEM_FAILURE
1:  j 1b
    end_function handler
