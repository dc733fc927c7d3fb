import Guest

/// A sequence of instructions from an LR to the matching SC, as the unprivileged specification constrains it ("Eventual
/// Success of Store-Conditional Instructions"): at most 16 instructions, no loop inside. A trap in the middle takes the
/// reservation away, and the SC never succeeds; so a debugger executes it as one.
public struct AtomicSequence: Equatable, Sendable {
    /// The address (GVA) of each instruction, the LR's first, the SC's last.
    public var instructions: [GuestVirtualAddress]
    /// Where the hart can go on when it leaves the sequence (GVA): behind the SC, and where branches lead out of it.
    public var exits: [GuestVirtualAddress]

    /// The most instructions of a sequence.
    public static var longest: Int { 16 }

    /// The sequence that begins with the LR at the guest-virtual address `start`; nil where no SC follows that the hart can
    /// come to without a jump, a branch backwards, or more than 16 instructions.
    ///
    /// `fetch` returns the instruction at an address, nil where there is none; what it throws ends the search.
    public init?<E: Error>(
        at start: GuestVirtualAddress, fetch: (GuestVirtualAddress) throws(E) -> Instruction?
    ) throws(E) {
        var address = start
        var instructions: [GuestVirtualAddress] = []
        var targets: [GuestVirtualAddress] = []
        while instructions.count < AtomicSequence.longest {
            guard let instruction = try fetch(address) else { return nil }
            let flow = instruction.controlFlow(at: address)
            if instructions.isEmpty && flow != .loadReserved { return nil }
            instructions.append(address)
            address = address + UInt64(instruction.byteCount)
            switch flow {
            case .loadReserved:
                if instructions.count > 1 { return nil }
            case .storeConditional:
                self.instructions = instructions
                // Within the sequence a branch may lead only to a later instruction of it.
                exits = [address]
                for target in targets where !instructions.contains(target) && !exits.contains(target) {
                    exits.append(target)
                }
                return
            case .branch(_, _, _, let target):
                if target - start < address - start { return nil }
                targets.append(target)
            case .sequential: break
            default: return nil
            }
        }
        return nil
    }
}
