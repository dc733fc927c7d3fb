import Guest
import RISCV

/// Keeps the guest from taking interrupts while it is stepped, without it noticing: its `sie` is 0 meanwhile, in S-mode and
/// U-mode alike.
///
/// An instruction that reads or writes `sie`, or waits for what `sie` enables, is executed with the guest's own `sie` and with
/// interrupts disabled in sstatus, which no such instruction looks at.
struct InterruptMask {
    /// Whether it is in force; else the guest takes its interrupts.
    var isOn = false
    /// The guest's own `sie`, while it is.
    var enabled: UInt64 = 0

    /// Whether `instruction` depends on `sie`: `sie` itself, stopi and stopei of the AIA, and wfi.
    static func concerns(_ instruction: Instruction?) -> Bool {
        switch instruction?.controlFlow(at: GuestVirtualAddress(0)) {
        case .wfi: return true
        case .csr(let access): return [0x104, 0xDB0, 0x15C].contains(access.csr)
        default: return false
        }
    }
}

extension Session {
    /// Masks the guest's interrupts. Throws `.target`.
    func maskInterrupts(_ mask: inout InterruptMask) throws(DebuggerError) {
        let enabled = try registerValue(.sie)
        if enabled != 0 { try setRegisterValue(.sie, 0) }
        mask = InterruptMask(isOn: true, enabled: enabled)
        maskedSIE = enabled
    }

    /// Gives the guest its interrupts back. Throws `.target`.
    func unmaskInterrupts(_ mask: inout InterruptMask) throws(DebuggerError) {
        maskedSIE = nil
        if mask.isOn && mask.enabled != 0 { try setRegisterValue(.sie, mask.enabled) }
        mask = InterruptMask()
    }

    /// Does `body`, which lets the guest run, while it has its interrupts.
    /// Throws what `body` throws, and `.target`.
    func unmasked<T>(
        _ mask: inout InterruptMask, _ body: () throws(DebuggerError) -> T
    ) throws(DebuggerError) -> T {
        guard mask.isOn else { return try body() }
        try unmaskInterrupts(&mask)
        let outcome: Result<T, DebuggerError>
        do throws(DebuggerError) { outcome = .success(try body()) } catch { outcome = .failure(error) }
        try maskInterrupts(&mask)
        return try outcome.get()
    }

    /// Steps the instruction at `pc` under `mask`. Throws `.noGuest` and `.target`.
    func step(
        _ guest: Guest, at pc: GuestVirtualAddress, isFetchable: Bool, under mask: inout InterruptMask
    ) throws(DebuggerError) -> StepEnd {
        guard mask.isOn else { return try step(guest, at: pc, isFetchable: isFetchable, takesInterrupts: true) }
        guard InterruptMask.concerns(try instructionIfMapped(at: pc)),
            try registerValue(.mode) == PrivilegeMode.supervisor.rawValue
        else {
            return try step(guest, at: pc, isFetchable: isFetchable, takesInterrupts: false)
        }
        let status = try registerValue(.sstatus)
        if status & SStatus.sie != 0 { try setRegisterValue(.sstatus, status & ~SStatus.sie) }
        try unmaskInterrupts(&mask)
        let end: Result<StepEnd, DebuggerError>
        do { end = .success(try step(guest, at: pc, isFetchable: isFetchable, takesInterrupts: false)) } catch {
            end = .failure(error)
        }
        try maskInterrupts(&mask)
        if status & SStatus.sie != 0 {
            // A trap has moved the bit.
            var bit = SStatus.sie
            if case .success(.trapped) = end { bit = SStatus.spie }
            try setRegisterValue(.sstatus, try registerValue(.sstatus) | bit)
        }
        return try end.get()
    }
}
