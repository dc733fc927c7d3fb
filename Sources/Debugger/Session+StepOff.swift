import Guest
import RISCV
import Target

/// What came of executing the one instruction under a breakpoint.
enum StepOff {
    /// It was executed; pc is behind it, or at the trap handler that it went to.
    case done
    /// An interrupt was taken before it; pc is at the trap handler, the instruction is still to come.
    case hijacked
    /// It is an `ebreak` of the guest's own, which stands under the breakpoint; pc is still there.
    case ownEbreak
    /// Something else happened on the way.
    case event(TargetEvent)
}

extension Session {
    /// Executes the instruction at `pc`, whose place in memory a site holds: lifts that site, plants others where the
    /// instruction can lead to, runs, and puts everything back. RISC-V KVM has no single-step to do this.
    func stepOff(_ guest: Guest, _ pc: GuestVirtualAddress) throws(DebuggerError) -> StepOff {
        guard let site = try mapped(pc) else { return .done }
        let next = try successor(of: try instruction(at: pc), at: pc)
        // A branch to itself changes nothing: it is as if it had been executed.
        if next == pc { return .done }
        var landings: [GuestPhysicalAddress] = []
        for address in [next, try trapVector()] {
            guard let address, let physical = try mapped(address), physical != site else { continue }
            guard guest.target.memory.contains(where: { $0.contains(physical, count: 2) }) else { continue }
            landings.append(physical)
        }
        let event = try runOff(guest, site, landings)
        guard event == .trap else { return .event(event) }

        let landed = try self.pc()
        if landed == pc { return .ownEbreak }
        if landed == next { return .done }
        return try wasInterrupted(at: pc) ? .hijacked : .done
    }

    /// Runs with the site lifted and others at `landings`, and puts everything back, also when the host fails.
    private func runOff(
        _ guest: Guest, _ site: GuestPhysicalAddress, _ landings: [GuestPhysicalAddress]
    ) throws(DebuggerError) -> TargetEvent {
        var added: [GuestPhysicalAddress] = []
        let outcome: Result<TargetEvent, TargetError>
        do {
            for landing in landings {
                try guest.sites.add(landing)
                added.append(landing)
            }
            try guest.sites.lift(at: site)
            outcome = .success(try guest.target.run())
        } catch { outcome = .failure(error) }
        do {
            try guest.sites.plant(at: site)
            for landing in added { try guest.sites.remove(landing) }
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

    private func trapVector() throws(DebuggerError) -> GuestVirtualAddress? {
        let stvec = try registerValue(.stvec)
        return stvec == 0 ? nil : TrapVector(stvec: stvec).base
    }

    /// Whether the trap that was just taken is an interrupt that came before the instruction at `pc`.
    private func wasInterrupted(at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        let cause = Cause(scause: try registerValue(.scause))
        guard cause.isInterrupt else { return false }
        return try registerValue(.sepc) == pc.value
    }
}
