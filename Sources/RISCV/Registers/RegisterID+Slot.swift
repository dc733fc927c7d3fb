import Guest

extension RegisterID {
    /// A small number for each register of the vCPU that only the guest and the debugger change: x-registers, pc, mode, the
    /// supervisor's CSRs; nil for all others. sip is none: interrupts become pending while the vCPU is stopped, too.
    public var slot: Int? {
        let index = Int(self.index)
        switch kind {
        case .core where subtype == 0 && index <= 32: return index
        case .csr where subtype == 0 && index < 16 && self != .sip: return 33 + index
        default: return nil
        }
    }

    /// One more than the largest `slot`.
    public static var slotCount: Int { 49 }
    /// The first slot that is a CSR's.
    public static var firstCSRSlot: Int { 33 }
}
