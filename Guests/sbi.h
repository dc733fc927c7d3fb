// The SBI as guests in assembler use it (RISC-V Supervisor Binary Interface specification 2.0).
#define SBI_TIME 0x54494D45
#define TIME_SET_TIMER 0
#define SBI_DBCN 0x4442434E
#define DBCN_WRITE 0
#define DBCN_WRITE_BYTE 2
#define SBI_HSM 0x48534D
#define HSM_HART_START 0
#define HSM_HART_STOP 1
#define HSM_HART_STATUS 2
#define SBI_SRST 0x53525354
#define SRST_SYSTEM_RESET 0
#define SRST_SHUTDOWN 0
#define SRST_COLD_REBOOT 1
#define SRST_NO_REASON 0
#define SRST_SYSTEM_FAILURE 1

// scause and its neighbours (privileged specification, chapter "Supervisor-Level ISA").
#define CAUSE_ILLEGAL_INSTRUCTION 2
#define CAUSE_BREAKPOINT 3
#define CAUSE_USER_ECALL 8
#define SSTATUS_SIE (1 << 1)
#define SSTATUS_SPP (1 << 8)
#define SSTATUS_VS_INITIAL (1 << 9)
#define SSTATUS_FS_INITIAL (1 << 13)
#define SIE_STIE (1 << 5)
#define SATP_SV39 8

// A page table entry: V, R, W, X, A and D.
#define PTE_VALID 0x01
#define PTE_ALL 0xCF

// Calls a function of an SBI extension; the arguments are in a0 and the registers behind it.
    .macro sbi_call extension, function
    li a7, \extension
    li a6, \function
    ecall
    .endm

// Shuts the machine down, or resets it, and gives a reason.
    .macro end_with type, reason
    li a0, \type
    li a1, \reason
    sbi_call SBI_SRST, SRST_SYSTEM_RESET
    .endm

// A label that the debugger finds as a function; close it with end_function.
    .macro function name
    .globl \name
    .type \name, @function
\name:
    .endm
    .macro end_function name
    .size \name, . - \name
    .endm

// A label that the debugger finds as an object of so many bytes.
    .macro object name, size
    .globl \name
    .type \name, @object
    .size \name, \size
\name:
    .endm

// A label that expectations can name. Branches go by .Lname: to a global label the assembler makes two instructions of one.
    .macro at name
    .globl \name
\name:
.L\name:
    .endm
