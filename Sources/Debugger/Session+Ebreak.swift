import Guest
import RISCV

extension Session {
    /// What comes of an `ebreak` of the guest's own at `pc`: a semihosting call is carried out, any other treated by the policy. While
    /// guest debug is off it is the guest's.
    func ownEbreak(at pc: GuestVirtualAddress, _ guest: Guest) throws(DebuggerError) -> Verdict {
        if try isSemihostingCall(at: pc) { return try carryOutSemihostingCall(at: pc, guest) }
        switch guestDebug ? ebreakPolicy : .pass {
        case .stop:
            standing.reportedEbreak = pc
            return .stop(Stop(reason: .ebreak, pc: pc))
        case .pass:
            try deliverBreakpoint(at: pc)
        case .skip:
            try skipEbreak(at: pc, guest)
        }
        return .goOn(from: nil)
    }

    /// Whether the guest itself takes its `ebreak` at `pc`.
    func isTakenByGuest(at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        if try isSemihostingCall(at: pc) { return false }
        return ebreakPolicy == .pass || !guestDebug
    }

    /// Goes behind the `ebreak` at `pc`.
    func skipEbreak(at pc: GuestVirtualAddress, _ guest: Guest) throws(DebuggerError) {
        standing.reportedEbreak = nil
        try setPC(pc + UInt64(try instruction(at: pc)?.byteCount ?? 4), guest)
    }

    /// Lets the guest take the breakpoint exception of the `ebreak` at `pc`, as the hardware would with guest debug off: KVM
    /// cannot inject one on RISC-V.
    func deliverBreakpoint(at pc: GuestVirtualAddress) throws(DebuggerError) {
        let guest = try requireGuest()
        standing.reportedEbreak = nil
        let mode = PrivilegeMode(rawValue: try registerValue(.mode)) ?? .supervisor
        let entry = TrapEntry.breakpoint(
            at: pc, sstatus: try registerValue(.sstatus), stvec: try registerValue(.stvec), mode: mode)
        let changes: [(RegisterID, UInt64)] = [
            (.sepc, entry.sepc.value), (.scause, entry.scause), (.stval, entry.stval), (.sstatus, entry.sstatus),
            (.mode, entry.mode.rawValue),
        ]
        for (register, value) in changes { try setRegisterValue(register, value) }
        try setPC(entry.pc, guest)
    }
}
