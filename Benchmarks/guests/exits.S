// s0 exits, of one kind or the other, and off: SBI calls that no specification knows, which KVM leaves to the host, and loads from
// a register of the serial port.
#include "../../Guests/sbi.h"
#include "../../Guests/virt.h"

#define SBI_EXPERIMENTAL 0x08000000
#define UART_SCRATCH 7

    .section .text.start, "ax"
    function _start
    j calls
    end_function _start

    function calls
1:  sbi_call SBI_EXPERIMENTAL, 0
    addi s0, s0, -1
    bnez s0, 1b
    end_with SRST_SHUTDOWN, SRST_NO_REASON
    end_function calls

    function loads
    li s1, UART
1:  lbu a0, UART_SCRATCH(s1)
    addi s0, s0, -1
    bnez s0, 1b
    end_with SRST_SHUTDOWN, SRST_NO_REASON
    end_function loads
