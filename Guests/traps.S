// Does one thing that nothing answers, chosen by s1, which the debugger sets: see the table. 0 shuts down.
#include "sbi.h"
#define NOWHERE 0x20000000          // no RAM, no device

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    .globl choose
choose:
    slli t0, s1, 2
    la t1, choices
    add t1, t1, t0
    li t2, NOWHERE
    li a0, -1
    li a1, 0x55
    jr t1
    end_function _start

    .option push
    .option norvc
choices:
    j shut_down                     // 0
    j load                          // 1
    j store                         // 2
    j jump                          // 3
    j illegal                       // 4
    j atomic                        // 5
    j reset                         // 6
    j failure                       // 7
    .option pop

    .globl load, store, jump, illegal, atomic
load:
    lw a0, 0(t2)
    j shut_down
store:
    sh a1, 4(t2)
    j shut_down
jump:
    jr t2
illegal:                            // there is no handler: stvec is 0
    .word 0
atomic:
    amoadd.w a0, a1, (t2)
    j shut_down
reset:
    end_with SRST_COLD_REBOOT, SRST_NO_REASON
failure:
    end_with SRST_SHUTDOWN, SRST_SYSTEM_FAILURE
shut_down:
    end_with SRST_SHUTDOWN, SRST_NO_REASON
1:  j 1b
