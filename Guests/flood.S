// Never comes to an end; how is chosen by s1, which the debugger sets: see the table. s0 counts the rounds.
#include "sbi.h"
#include "virt.h"

    .section .text.start, "ax"
    function _start
    la sp, stack_top
    mv s2, a1                       // the device tree
    li s0, 0
at choose
    slli t0, s1, 2
    la t1, choices
    add t1, t1, t0
    jr t1
    end_function _start

    .option push
    .option norvc
choices:
    j print                         // 0: bytes by the SBI
    j print_much                    // 1: 64 KiB at a time by the SBI
    j print_by_port                 // 2: bytes by the serial port
    j send_in_loop                  // 3: bytes in the serial port's loop, which nobody takes
    j ask                           // 4: loads from the interrupt controller
    j overwrite                     // 5: over the device tree, and then its end
    .option pop

print:
    li a0, 'x'
    sbi_call SBI_DBCN, DBCN_WRITE_BYTE
    addi s0, s0, 1
    j print
print_much:
    li a0, 0x10000
    la a1, _start
    li a2, 0
    sbi_call SBI_DBCN, DBCN_WRITE
    addi s0, s0, 1
    j print_much
send_in_loop:
    li t0, UART
    li t1, UART_MCR_LOOP
    sb t1, UART_MCR(t0)
print_by_port:
    li t0, UART
    li t1, 'x'
1:  sb t1, UART_DATA(t0)
    addi s0, s0, 1
    j 1b
ask:
    li t0, PLIC
1:  lw t1, PLIC_PRIORITY(UART_SOURCE)(t0)
    addi s0, s0, 1
    j 1b
overwrite:
    li t0, 64
1:  sd t0, 0(s2)
    addi s2, s2, 8
    addi t0, t0, -1
    bnez t0, 1b
    end_with SRST_COLD_REBOOT, SRST_NO_REASON
1:  j 1b
