import Guest

extension RegisterID {
    /// A small number for each register of the vCPU that only the guest and the debugger change: x-registers, pc, mode, the
    /// supervisor's CSRs; nil for all others. sip is none: interrupts become pending while the vCPU is stopped, too.
    public var slot: Int? {
        let number = Int(truncatingIfNeeded: rawValue & 0xFFFF)
        switch rawValue & ~0xFFFF {
        case RegisterID.pc.rawValue: return number <= 32 ? number : nil
        case RegisterID.sstatus.rawValue: return number < 16 && self != .sip ? 33 + number : nil
        default: return nil
        }
    }

    /// One more than the largest `slot`.
    public static var slotCount: Int { 49 }
    /// The first slot that is a CSR's.
    public static var firstCSRSlot: Int { 33 }
}
