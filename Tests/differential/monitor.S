// What KVM is to a guest, for a guest on QEMU's own hart: starts it in S-mode as kvmdbg does, delegates the same traps to it, and
// answers the few SBI calls that the sequences make. It lies where no guest does.
#define MEDELEG 0xb1fd              // all exceptions but the ecall of S-mode
#define MIDELEG 0x222               // the supervisor's interrupts
#define FINISHER 0x100000           // of the machine `virt`
#define FINISHER_PASS 0x5555

    .text
    .globl _start
_start:
    la t0, trap
    csrw mtvec, t0
    li t0, MEDELEG
    csrw medeleg, t0
    li t0, MIDELEG
    csrw mideleg, t0
    li t0, 7                        // as KVM has it: cycle, time and instret can be read
    csrw mcounteren, t0
    csrw scounteren, t0
    li t0, -1                       // all of memory, to read, to write and to execute
    csrw pmpaddr0, t0
    li t0, 0x1f
    csrw pmpcfg0, t0
    li t0, 0x1800
    csrc mstatus, t0
    li t0, 0x800                    // mstatus.MPP: S-mode
    csrs mstatus, t0
    la t0, save
    csrw mscratch, t0
    lui t0, 0x80000
    slli t0, t0, 32
    srli t0, t0, 32                 // the entry, 0x80000000
    csrw mepc, t0
    .irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    li x\n, 0
    .endr
    mret

    // An SBI call, in a7 its extension and in a6 its function. All registers but a0 and a1 stay.
    .balign 4
trap:
    csrrw sp, mscratch, sp
    sd t0, 0(sp)
    csrr t0, mepc
    addi t0, t0, 4
    csrw mepc, t0
    li t0, 0x53525354               // SRST: the end
    beq a7, t0, end
    li t0, 0x10                     // base
    beq a7, t0, base
    li t0, 0x4442434e               // DBCN: done
    beq a7, t0, success
    li a0, -2                       // SBI_ERR_NOT_SUPPORTED
    li a1, 0
    j back
base:                               // probe_extension, the one that is called: only of base itself and of one that is not
    addi a0, a0, -0x10
    seqz a1, a0
    li a0, 0
    j back
success:
    li a0, 0
    li a1, 0
back:
    ld t0, 0(sp)
    csrrw sp, mscratch, sp
    mret

end:
    li t0, FINISHER
    li t1, FINISHER_PASS
    sw t1, 0(t0)
1:  j 1b

    .balign 16
save:
    .dword 0
