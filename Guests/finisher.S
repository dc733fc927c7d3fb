// Stores s1, which the debugger sets, to the test finisher.
#include "sbi.h"
#include "virt.h"

    .section .text.start, "ax"
    function _start
    li s0, FINISHER
at store
    sw s1, 0(s0)
at went_on
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
    end_function _start
