import Guest

/// What the hardware writes when a trap is taken into S-mode: how a debugger delivers one that KVM cannot inject
/// (privileged specification, "Supervisor Status (sstatus) Register" and the sections on sepc, scause and stval).
public struct TrapEntry: Equatable, Sendable {
    /// The guest-virtual address of the instruction that trapped.
    public var sepc: GuestVirtualAddress
    /// The reason.
    public var scause: UInt64
    /// The address or instruction that belongs to the reason.
    public var stval: UInt64
    /// The old status with SPP = the old mode, SPIE = the old SIE, SIE = 0.
    public var sstatus: UInt64
    /// The guest-virtual address of the handler.
    public var pc: GuestVirtualAddress
    /// S-mode.
    public var mode: PrivilegeMode

    /// A trap for `cause` at the guest-virtual address `pc` in `mode`, with the old values of `sstatus` and `stvec`.
    public init(
        cause: Cause, at pc: GuestVirtualAddress, stval: UInt64, sstatus: UInt64, stvec: UInt64, mode: PrivilegeMode
    ) {
        sepc = pc
        scause = cause.scause
        self.stval = stval
        let cleared = sstatus & ~(SStatus.spp | SStatus.spie | SStatus.sie)
        let previousMode = mode == .supervisor ? SStatus.spp : 0
        let previousEnable = sstatus & SStatus.sie != 0 ? SStatus.spie : 0
        self.sstatus = cleared | previousMode | previousEnable
        self.pc = TrapVector(stvec: stvec).target(for: cause)
        self.mode = .supervisor
    }

    /// The breakpoint exception of an `ebreak` at the guest-virtual address `pc`; `stval` is that address too.
    public static func breakpoint(
        at pc: GuestVirtualAddress, sstatus: UInt64, stvec: UInt64, mode: PrivilegeMode
    ) -> TrapEntry {
        TrapEntry(cause: .breakpoint, at: pc, stval: pc.value, sstatus: sstatus, stvec: stvec, mode: mode)
    }
}

/// The bits of `sstatus` that a trap changes.
public enum SStatus {
    /// Interrupts are enabled in S-mode.
    public static var sie: UInt64 { 1 << 1 }
    /// What SIE was before the trap.
    public static var spie: UInt64 { 1 << 5 }
    /// The trap came from S-mode, not from U-mode.
    public static var spp: UInt64 { 1 << 8 }
}
