import Guest
import RISCV
import Target

/// What came of executing the one instruction under a breakpoint.
enum StepOff {
    /// It was executed; pc is behind it, or at the trap handler that it went to.
    case done
    /// It is an `ebreak` of the guest's own; pc is still there.
    case ebreak
    /// Something else happened on the way.
    case event(TargetEvent)
}

extension Session {
    /// Executes the instruction at `pc`, whose place in memory a site holds. RISC-V KVM has no single-step to do this.
    ///
    /// An interrupt that is pending is taken first: its handler runs with all breakpoints in place and comes back to the
    /// same instruction with the same stack, which is then tried again.
    func stepOff(_ guest: Guest, _ pc: GuestVirtualAddress) throws(DebuggerError) -> StepOff {
        while true {
            switch try stepOnce(guest, pc) {
            case .finished(let result): return result
            case .interrupted(let stack):
                let event = try run(guest)
                guard event == .trap, try self.pc() == pc, try registerValue(.sp) == stack else { return .event(event) }
            }
        }
    }

    private enum Step {
        case finished(StepOff)
        /// An interrupt was taken instead; the stack pointer of what it interrupted.
        case interrupted(stack: UInt64)
    }

    /// Lifts the site at `pc`, plants others where the instruction can lead to, runs, and puts everything back.
    private func stepOnce(_ guest: Guest, _ pc: GuestVirtualAddress) throws(DebuggerError) -> Step {
        guard let site = try mapped(pc) else { return .finished(.done) }
        let next = try successor(of: try instruction(at: pc), at: pc)
        // A branch to itself changes nothing: it is as if it had been executed.
        if next == pc { return .finished(.done) }
        var landings: [GuestPhysicalAddress] = []
        for address in try trapVectors() + (next.map { [$0] } ?? []) {
            guard let physical = try mapped(address), physical != site else { continue }
            guard guest.target.memory.contains(where: { $0.contains(physical, count: 4) }) else { continue }
            landings.append(physical)
        }
        let event = try run(guest, off: site, to: landings)
        guard event == .trap else { return .finished(.event(event)) }

        let landed = try self.pc()
        if landed == pc { return .finished(.ebreak) }
        if landed != next, try wasInterrupted(at: pc) { return .interrupted(stack: try registerValue(.sp)) }
        return .finished(.done)
    }

    /// Runs with the site `site` lifted and temporary ones at `landings`; whatever happens, memory is as before afterwards.
    private func run(
        _ guest: Guest, off site: GuestPhysicalAddress, to landings: [GuestPhysicalAddress]
    ) throws(DebuggerError) -> TargetEvent {
        let sites = guest.sites
        var planted: [GuestPhysicalAddress] = []
        var outcome: Result<TargetEvent, TargetError>
        do {
            for landing in landings {
                try sites.add(landing)
                planted.append(landing)
            }
            try sites.lift(at: site)
            outcome = .success(try guest.target.run())
        } catch { outcome = .failure(error) }
        do {
            try sites.plant(at: site)
            for landing in planted { try sites.remove(landing) }
            return try outcome.get()
        } catch { throw .target(error) }
    }

    /// Where the instruction at `pc` leads to, if it does not trap; nil when it always does. Throws `.target`.
    private func successor(of instruction: Instruction?, at pc: GuestVirtualAddress) throws(DebuggerError)
        -> GuestVirtualAddress?
    {
        guard let instruction else { return nil }
        switch instruction.controlFlow(at: pc) {
        case .sret: return GuestVirtualAddress(try registerValue(.sepc))
        case .ecall:
            // From S-mode it is a call of the SBI, which comes back behind it; from U-mode a trap.
            return try registerValue(.mode) == PrivilegeMode.user.rawValue ? nil : pc + 4
        default:
            return try instruction.nextPC(at: pc) { (number) throws(DebuggerError) in try integerRegister(number) }
        }
    }

    /// Where a trap can go: the base, and in vectored mode also the places of the supervisor's interrupts.
    private func trapVectors() throws(DebuggerError) -> [GuestVirtualAddress] {
        let vector = TrapVector(stvec: try registerValue(.stvec))
        // Software, timer and external interrupt (privileged specification, table of supervisor causes).
        let interrupts: [UInt64] = vector.isVectored ? [1, 5, 9] : []
        return [vector.base] + interrupts.map { vector.target(for: Cause(isInterrupt: true, code: $0)) }
    }

    /// Whether the trap that was just taken is an interrupt that came before the instruction at `pc`.
    private func wasInterrupted(at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        let cause = Cause(scause: try registerValue(.scause))
        guard cause.isInterrupt else { return false }
        return try registerValue(.sepc) == pc.value
    }
}
