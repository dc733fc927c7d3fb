import Guest
import RISCV
import Target

/// The registers of a vCPU that is stopped: each is read by a system call when it is first asked for, and remembered until
/// the guest runs on.
final class StoppedRegisters {
    private let target: any Target
    private var values = [UInt64](repeating: 0, count: RegisterID.slotCount)
    /// A bit for each slot whose value is known.
    private var known: UInt64 = 0

    init(target: any Target) { self.target = target }

    /// A register of at most eight bytes. Throws `.register`.
    func get(_ id: RegisterID) throws(TargetError) -> UInt64 {
        guard let slot = id.slot else { return try TargetAccess.register(id, of: target) }
        if known >> UInt64(slot) & 1 == 1 { return values[slot] }
        let value = try TargetAccess.register(id, of: target)
        remember(value, slot)
        return value
    }

    /// Sets a register. The hart may keep less than what was written, so the next `get` reads. Throws `.register`.
    func set(_ id: RegisterID, _ value: UInt64) throws(TargetError) {
        if let slot = id.slot { known &= ~(1 << UInt64(slot)) }
        try TargetAccess.setRegister(id, value, of: target)
    }

    /// Notes what is known without a system call.
    func note(_ id: RegisterID, _ value: UInt64) {
        if let slot = id.slot { remember(value, slot) }
    }

    /// The guest ran: nothing is known any more.
    func forget() { known = 0 }

    /// The guest executed one instruction that changes x-registers and pc, and of the CSRs at most what sstatus says of the
    /// floating-point and vector registers.
    func forgetIntegers() { known &= StoppedRegisters.lasting }

    private static var lasting: UInt64 {
        let sstatus = UInt64(RegisterID.sstatus.slot ?? 0)
        let mode = UInt64(RegisterID.mode.slot ?? 0)
        return (~0 << UInt64(RegisterID.firstCSRSlot) | 1 << mode) & ~(1 << sstatus)
    }

    private func remember(_ value: UInt64, _ slot: Int) {
        values[slot] = value
        known |= 1 << UInt64(slot)
    }
}
