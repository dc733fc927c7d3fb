// The SBI as guests in assembler use it (RISC-V Supervisor Binary Interface specification 2.0).
#define SBI_LEGACY_PUTCHAR 0x01
#define SBI_SRST 0x53525354
#define SRST_SYSTEM_RESET 0
#define SRST_SHUTDOWN 0
#define SRST_COLD_REBOOT 1
#define SRST_NO_REASON 0
#define SRST_SYSTEM_FAILURE 1

// scause of a breakpoint exception (privileged specification, table of supervisor causes).
#define CAUSE_BREAKPOINT 3

// Calls a function of an SBI extension; the arguments are in a0 and the registers behind it.
    .macro sbi_call extension, function
    li a7, \extension
    li a6, \function
    ecall
    .endm
