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
    /// `ebreak` of its own that was reported; after `$pc` was set it goes on from just there, as the hardware would. With
    /// `passing`, such an `ebreak` is the guest's to take: it gets the breakpoint exception.
    /// Throws `.noGuest`, `.cannotResume`, `.notAtEbreak` and `.target`.
    public func resume(passing: Bool = false) throws(DebuggerError) -> Stop {
        _ = try resumable()
        if passing {
            let pc = try self.pc()
            guard try instructionIfMapped(at: pc)?.isEbreak ?? false else { throw .notAtEbreak(pc) }
            try deliverBreakpoint(at: pc)
            return try resume(from: nil)
        }
        return try resume(from: standing.reportedAt)
    }

    /// The stop, if the guest can run on from it. Throws `.noGuest` and `.cannotResume`.
    func resumable() throws(DebuggerError) -> Stop {
        guard let stop else { throw .noGuest }
        if !stop.canResume { throw .cannotResume(stop.reason.sentence(at: stop.pc.description)) }
        return stop
    }

    /// Switches guest debug (`KVM_GUESTDBG_ENABLE`), effective at the next run. While it is off the guest takes every `ebreak`
    /// itself, so no breakpoint is in its memory then.
    /// An `ebreak` of its own that was reported is then the guest's to take, too.
    public func setGuestDebug(_ enabled: Bool) {
        guestDebug = enabled
        if !enabled { standing.reportedEbreak = nil }
    }

    private func resume(from stopped: GuestVirtualAddress?) throws(DebuggerError) -> Stop {
        let guest = try requireGuest()
        try prepareRun(guest)
        return try told(guest) { () throws(DebuggerError) in try runOn(guest, from: stopped, until: []) }
    }

    /// Has guest debug and the breakpoints as the next run is to have them.
    func prepareRun(_ guest: Guest) throws(DebuggerError) {
        try prepareRun(guest, ebreaksComeHere: guestDebug)
    }

    /// As `prepareRun`, but with guest debug as it is said here.
    func prepareRun(_ guest: Guest, ebreaksComeHere: Bool) throws(DebuggerError) {
        do {
            if self.guest?.hasGuestDebug != ebreaksComeHere {
                try guest.target.setGuestDebug(ebreaksComeHere)
                self.guest?.hasGuestDebug = ebreaksComeHere
            }
            if guest.sites.isActive != guestDebug { try guest.sites.setActive(guestDebug) }
        } catch { throw .target(error) }
        if !watching.isOpen { try refreshWatchedValues(guest) }
    }

    /// Lets the guest run by `body` and makes the stop that it returns the latest one. Where it throws, the guest stands somewhere
    /// all the same.
    func told(
        _ guest: Guest, _ body: () throws(DebuggerError) -> Stop
    ) throws(DebuggerError) -> Stop {
        let stop: Stop
        do throws(DebuggerError) { stop = try withinTimeLimit(guest, body) } catch {
            if let pc = try? pc(), pc != self.stop?.pc { self.stop = Stop(reason: .error(error.message), pc: pc) }
            throw error
        }
        return try tell(stop, guest)
    }

    /// Lets the guest run by `body`, for as long as it is allowed to.
    private func withinTimeLimit(
        _ guest: Guest, _ body: () throws(DebuggerError) -> Stop
    ) throws(DebuggerError) -> Stop {
        guard let timeLimit else { return try body() }
        do throws(TargetError) { try guest.target.setDeadline(timeLimit) } catch { throw .target(error) }
        let outcome: Result<Stop, DebuggerError>
        do throws(DebuggerError) { outcome = .success(try body()) } catch { outcome = .failure(error) }
        do throws(TargetError) { try guest.target.setDeadline(nil) } catch { throw .target(error) }
        return try outcome.get()
    }

    /// Makes `stop` the latest one, with what is found out about the breakpoints at each stop.
    func tell(_ stop: Stop, _ guest: Guest) throws(DebuggerError) -> Stop {
        var stop = stop
        stop.vcpu = guest.current
        stop.notes += try placeSymbols()
        stop.notes += try rearmOverwritten(guest)
        stop.notes += try armPending()
        stop.notes += try armPendingWatchpoints()
        if let note = try standstillNote(stop) { stop.notes.append(note) }
        self.stop = stop
        if let code = stop.reason.exitCode { variables["_exitcode"] = Value(UInt64(bitPattern: Int64(code)), .i64) }
        shownRegisters.nextStop()
        try disposeOfHit(stop)
        return stop
    }

    /// What comes of an event: a stop, or the guest goes on.
    enum Verdict {
        case stop(Stop)
        /// From pc, where a breakpoint, if there is one, was counted already.
        case goOn(from: GuestVirtualAddress?)
    }

    /// Lets the guest run until there is something to tell. `stopped` is the pc at which it was reported to stand; a breakpoint
    /// there is not hit again. Arriving at one of `until`, where there is a site, is told, too.
    func runOn(
        _ guest: Guest, from stopped: GuestVirtualAddress?, until: [Until]
    ) throws(DebuggerError) -> Stop {
        var stopped = stopped
        if let stop = try leaveOthers(guest) { return stop }
        while true {
            let verdict = try runOnce(guest, from: stopped, until)
            switch verdict {
            case .stop(let stop): return stop
            case .goOn(let pc): stopped = pc
            }
        }
    }

    private func runOnce(
        _ guest: Guest, from stopped: GuestVirtualAddress?, _ until: [Until]
    ) throws(DebuggerError) -> Verdict {
        if let verdict = try leave(guest, stopped, until) { return verdict }
        // A place to run to is looked at when all are stopped.
        return try verdict(try run(guest, by: until.isEmpty ? self : nil), guest, until)
    }

    /// Lets the current vCPU go past an `ebreak` of its own that was reported, or off the breakpoint at `stopped`, if it stands there.
    /// What comes of it where that is to be told; nil where it just goes on.
    func leave(
        _ guest: Guest, _ stopped: GuestVirtualAddress?, _ until: [Until]
    ) throws(DebuggerError) -> Verdict? {
        if let reported = standing.reportedEbreak, reported == (try pc()) {
            try skipEbreak(at: reported, guest)
        } else if let pc = stopped, try isPlanted(guest, at: pc), try self.pc() == pc {
            if try carriesOut(guest, at: pc) { return try leadsOn(guest, until) }
            switch try stepOff(guest, at: pc) {
            case .ebreak:
                return try ownEbreak(at: pc, guest)
            case .event(let event):
                return try verdict(event, guest, until, isComing: pc)
            case .interrupted:
                standing.interruptedAt = (pc, try registerValue(.sp))
            case .stepped, .stayed, .slept, .trapped: break
            }
            return try leadsOn(guest, until)
        }
        return nil
    }

    /// Where an instruction led to another breakpoint, that is hit now.
    private func leadsOn(_ guest: Guest, _ until: [Until]) throws(DebuggerError) -> Verdict? {
        try isPlanted(guest, at: pc()) ? try verdict(.trap, guest, until) : nil
    }

    func isPlanted(_ guest: Guest, at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        if guest.sites.isEmpty { return false }
        guard let address = try mapped(pc) else { return false }
        return guest.sites.isPlanted(at: address)
    }

    /// What comes of `event`. `isComing` is the address of an instruction whose breakpoint was reported and that was to be executed.
    func verdict(
        _ event: TargetEvent, _ guest: Guest, _ until: [Until], isComing: GuestVirtualAddress? = nil
    ) throws(DebuggerError) -> Verdict {
        let pc = try pc()
        standing.reportedEbreak = nil
        switch event {
        case .trap: return try trapped(at: pc, guest, until)
        case .watched, .blocked: return .stop(try watchStop(guest, at: pc))
        case .shutdown(let reason): return .stop(Stop(reason: .shutdown(reason), pc: pc, canResume: false))
        case .exited(let code):
            return .stop(Stop(reason: .exit(Int(truncatingIfNeeded: code)), pc: pc, canResume: false))
        case .reset(let reason): return .stop(Stop(reason: .reset(reason), pc: pc, canResume: false))
        case .interrupted, .timeLimit, .deadline, .console, .unhandled:
            let reason: StopReason
            switch event {
            case .deadline: reason = .timeout
            case .console: reason = .console
            case .unhandled(let sentence): reason = .error(sentence)
            default: reason = .interrupt
            }
            // A breakpoint that is reached but not yet hit is hit when the guest goes on. Where an instruction was completed,
            // pc is behind it, where nothing was reported yet.
            let hits = pc == isComing ? false : try isPlanted(guest, at: pc)
            return .stop(Stop(reason: reason, pc: pc, hitsBreakpointHere: hits))
        case .fatal(let sentence): return .stop(Stop(reason: .error(sentence), pc: pc, canResume: false))
        }
    }

    private func trapped(
        at pc: GuestVirtualAddress, _ guest: Guest, _ until: [Until]
    ) throws(DebuggerError) -> Verdict {
        if let judged = guest.judged {
            guest.judged = nil
            return judged
        }
        guard let address = try mapped(pc), guest.sites.isPlanted(at: address) else {
            // A hit of another vCPU's that waited to be told, of a breakpoint that was deleted meanwhile, is none.
            if guest.memos.count > 1, try instructionIfMapped(at: pc)?.isEbreak != true { return .goOn(from: nil) }
            return try ownEbreak(at: pc, guest)
        }
        if try cameBack(to: pc) { return .goOn(from: pc) }
        if let stop = try hit(at: address, pc) { return .stop(stop) }
        if try arrived(at: address, until) { return .stop(Stop(reason: .step, pc: pc)) }
        return .goOn(from: pc)
    }

    /// Whether the guest has come back to an instruction under a breakpoint, at `pc`, before which an interrupt was taken: by
    /// `sret`, with the same stack. This is no new hit.
    func cameBack(to pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        guard let interrupted = standing.interruptedAt, interrupted.pc == pc,
            interrupted.stack == (try registerValue(.sp)),
            try registerValue(.sepc) == pc.value
        else { return false }
        standing.interruptedAt = nil
        standing.cameBackTo = pc
        return true
    }

    /// Steps off the breakpoint at `pc`.
    private func stepOff(_ guest: Guest, at pc: GuestVirtualAddress) throws(DebuggerError) -> StepEnd {
        guard standing.cameBackTo == pc else {
            return try step(guest, at: pc, isFetchable: true, takesInterrupts: true)
        }
        standing.cameBackTo = nil
        var mask = InterruptMask()
        try maskInterrupts(&mask)
        let end: Result<StepEnd, DebuggerError>
        do throws(DebuggerError) { end = .success(try step(guest, at: pc, isFetchable: true, under: &mask)) } catch {
            end = .failure(error)
        }
        try unmaskInterrupts(&mask)
        return try end.get()
    }
}
