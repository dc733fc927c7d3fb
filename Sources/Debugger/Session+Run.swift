import Guest
import RISCV
import Target

extension Session {
    /// A fresh guest, run until there is something to tell; a breakpoint at the entry is hit. Throws `.noProgram` and
    /// `.target`.
    public func run() throws(DebuggerError) -> Stop {
        try start()
        return try resume(from: nil)
    }

    /// Lets the stopped guest go on. It goes off the breakpoint at which it stands without reporting it again, and past an
    /// `ebreak` of its own that was reported; after `$pc` was set it goes on from just there, as the hardware would.
    /// Throws `.noGuest`, `.cannotResume` and `.target`.
    public func resume() throws(DebuggerError) -> Stop {
        guard let stop else { throw .noGuest }
        if !stop.canResume { throw .cannotResume(stop.reason.sentence(at: stop.pc.description)) }
        return try resume(from: stop.hitsBreakpointHere ? nil : stop.pc)
    }

    /// Switches guest debug (`KVM_GUESTDBG_ENABLE`), effective at the next run. While it is off the guest takes every `ebreak`
    /// itself, so no breakpoint is in its memory then.
    public func setGuestDebug(_ enabled: Bool) { guestDebug = enabled }

    private func resume(from stopped: GuestVirtualAddress?) throws(DebuggerError) -> Stop {
        let guest = try requireGuest()
        try applyGuestDebug(guest)
        let stop = try runOn(guest, from: stopped)
        self.stop = stop
        try armPending()
        return stop
    }

    private func applyGuestDebug(_ guest: Guest) throws(DebuggerError) {
        if guest.sites.isActive == guestDebug { return }
        do {
            try guest.target.setGuestDebug(guestDebug)
            try guest.sites.setActive(guestDebug)
        } catch { throw .target(error) }
    }

    /// Runs from pc on. `stopped` is the pc at which the guest was reported to stand; a breakpoint there is not hit again.
    private func runOn(_ guest: Guest, from stopped: GuestVirtualAddress?) throws(DebuggerError) -> Stop {
        let pc = try pc()
        if let reported = reportedEbreak, reported == pc {
            try setPC(pc + UInt64(try instruction(at: pc)?.byteCount ?? 4))
        } else if stopped == pc, try hasSite(guest, at: pc) {
            switch try stepOff(guest, pc) {
            case .done: break
            case .event(let event):
                var stop = try decode(event, guest)
                // The instruction is still to come, and its breakpoint was reported.
                if stop.pc == pc { stop.hitsBreakpointHere = false }
                return stop
            case .ebreak:
                reportedEbreak = pc
                return Stop(reason: .ebreak, pc: pc)
            }
        }
        return try decode(try run(guest), guest)
    }

    func run(_ guest: Guest) throws(DebuggerError) -> TargetEvent {
        do { return try guest.target.run() } catch { throw .target(error) }
    }

    private func hasSite(_ guest: Guest, at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        guard let address = try mapped(pc) else { return false }
        return guest.sites.isPlanted(at: address)
    }

    private func decode(_ event: TargetEvent, _ guest: Guest) throws(DebuggerError) -> Stop {
        let pc = try pc()
        reportedEbreak = nil
        switch event {
        case .trap:
            let numbers = try countHits(guest, at: pc)
            if numbers.isEmpty { reportedEbreak = pc }
            return Stop(reason: numbers.isEmpty ? .ebreak : .breakpoint(numbers), pc: pc)
        case .shutdown(let reason): return Stop(reason: .shutdown(reason), pc: pc, canResume: false)
        case .reset(let reason): return Stop(reason: .reset(reason), pc: pc, canResume: false)
        case .interrupted:
            // A breakpoint that is reached but not yet hit is hit when the guest goes on.
            return Stop(reason: .interrupt, pc: pc, hitsBreakpointHere: try hasSite(guest, at: pc))
        case .unhandled(let sentence):
            // The instruction was completed: pc is behind it, where nothing was reported yet.
            return Stop(reason: .error(sentence), pc: pc, hitsBreakpointHere: try hasSite(guest, at: pc))
        case .fatal(let sentence): return Stop(reason: .error(sentence), pc: pc, canResume: false)
        }
    }

    /// Counts a hit for each breakpoint at `pc`; their numbers. None: the `ebreak` there is the guest's own.
    private func countHits(_ guest: Guest, at pc: GuestVirtualAddress) throws(DebuggerError) -> [Int] {
        guard let address = try mapped(pc), guest.sites.isPlanted(at: address) else { return [] }
        var numbers: [Int] = []
        for index in breakpointIndices(at: address) {
            breakpoints[index].hits += 1
            numbers.append(breakpoints[index].number)
        }
        return numbers
    }
}
