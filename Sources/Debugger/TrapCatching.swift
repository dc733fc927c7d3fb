import Guest
import RISCV

/// How a step catches the guest where it takes a trap.
struct TrapCatching {
    /// The guest's own vector.
    var vector = TrapVector(stvec: 0)
    /// Where the guest arrives (GVA) when it takes a trap.
    var handlers: [GuestVirtualAddress] = []
    /// The place to which stvec leads during the step instead; nil where it stays as it is.
    var movedVector: GuestVirtualAddress?
}

extension Session {
    /// How to catch a trap of the instruction at `pc`, which leads to the handler's base, or one of an interrupt, which in vectored
    /// mode has places of its own.
    func trapCatching(
        at pc: GuestVirtualAddress, _ instruction: Instruction?, _ plan: StepPlan, _ takesInterrupts: Bool
    ) throws(DebuggerError) -> TrapCatching {
        var catching = TrapCatching(vector: TrapVector(stvec: try registerValue(.stvec)))
        catching.handlers = [catching.vector.base]
        if takesInterrupts && catching.vector.isVectored {
            // Software, timer, external, counter overflow (privileged specification, table of supervisor causes).
            catching.handlers += [1, 5, 9, 13]
                .map { catching.vector.target(for: Cause(isInterrupt: true, code: $0)) }
        }
        let byteCount = UInt64(instruction?.byteCount ?? 2)
        guard catching.handlers.contains(where: { $0 - pc < byteCount }) else { return catching }
        // The first instruction of the handler, in which no ebreak can be: when it traps, it does so for ever.
        if case .csr(let access)? = instruction?.controlFlow(at: pc), access.csr == 0x105 {
            catching.handlers = []
        } else if let place = besides(pc, plan.landings) {
            catching.movedVector = place
            catching.handlers = [place]
        }
        return catching
    }

    /// A place on the page of `pc` that stvec can have, apart from what is executed now.
    private func besides(_ pc: GuestVirtualAddress, _ landings: [GuestVirtualAddress]) -> GuestVirtualAddress? {
        let page = pc.value & ~0xFFF
        let around = (pc.value & ~3) &- page
        for offset in [around &+ 8, around &+ 16, around &- 8, around &- 16, around &+ 24] where offset < 0x1000 {
            let place = GuestVirtualAddress(page | offset)
            if !landings.contains(place) { return place }
        }
        return nil
    }
}
