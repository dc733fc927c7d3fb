import Guest
import RISCV
import Target

extension Session {
    /// Executes `count` instructions, or fewer when something else stops the guest: a breakpoint that it comes to, an `ebreak` of its own,
    /// an exit. A sequence from LR to SC counts as one; so does a trap into the guest's handler. With `over`, a call counts as
    /// one with all that it does.
    /// Throws `.noGuest`, `.cannotResume` and `.target`.
    public func step(_ count: UInt64, over: Bool = false) throws(DebuggerError) -> Stop {
        let guest = try beginStepping()
        holdsOthers = schedulerLocking != .off
        defer { holdsOthers = false }
        return try told(guest) { () throws(DebuggerError) in
            var mask = InterruptMask()
            if stepInterrupts == .masked { try maskInterrupts(&mask) }
            let outcome: Result<Stop, DebuggerError>
            do throws(DebuggerError) { outcome = .success(try step(guest, count, over, &mask)) } catch {
                outcome = .failure(error)
            }
            try unmaskInterrupts(&mask)
            return try outcome.get()
        }
    }

    /// The guest, ready to be stepped. While guest debug is off, it is on for the steps alone: the breakpoints stay out of memory,
    /// and an `ebreak` of the guest's own is still delivered to it.
    private func beginStepping() throws(DebuggerError) -> Guest {
        _ = try resumable()
        let guest = try requireGuest()
        try prepareRun(guest, ebreaksComeHere: true)
        return guest
    }

    private func step(
        _ guest: Guest, _ count: UInt64, _ over: Bool, _ mask: inout InterruptMask
    ) throws(DebuggerError) -> Stop {
        var move = Move()
        var left = count
        while left > 0 {
            left -= 1
            let pc = try pc()
            if over, standing.reportedEbreak != pc, let call = try call(at: pc) {
                // What is called may wait for interrupts.
                let stop = try unmasked(&mask) { () throws(DebuggerError) in
                    try run(guest, from: pc, until: [call])
                }
                if stop.reason != .step { return stop }
                move = Move(isCounted: true)
            } else {
                switch try stepOnce(guest, pc, isFetchable: move.isFetchable, &mask) {
                case .stop(let stop): return stop
                case .moved(let now): move = now
                }
            }
            if !move.isCounted, let stop = try hitByStep(guest, move) { return stop }
            // Nothing that could change it comes meanwhile.
            if move.stays, mask.isOn, try !isPlanted(guest, at: pc) { left = 0 }
        }
        return Stop(reason: .step, pc: try pc()).adding(move.note)
    }

    /// The stop at a breakpoint that a step has come to; nil where there is none, or none that is to stop the guest.
    private func hitByStep(_ guest: Guest, _ move: Move) throws(DebuggerError) -> Stop? {
        if guest.sites.isEmpty { return nil }
        let pc = try pc()
        guard let place = try mapped(pc), guest.sites.isPlanted(at: place), try !cameBack(to: pc) else { return nil }
        return try hit(at: place, pc)?.adding(move.note)
    }

    /// What a step has come to that stopped nothing.
    private struct Move {
        /// What there is to tell of it.
        var note: String?
        /// Whether the code around pc was executed just now.
        var isFetchable = false
        /// Whether the breakpoints at pc were looked at.
        var isCounted = false
        /// Whether it is a jump to itself.
        var stays = false
    }

    private enum StepOutcome {
        case moved(Move)
        case stop(Stop)
    }

    private func stepOnce(
        _ guest: Guest, _ pc: GuestVirtualAddress, isFetchable: Bool, _ mask: inout InterruptMask
    ) throws(DebuggerError) -> StepOutcome {
        if standing.reportedEbreak == pc {
            try skipEbreak(at: pc, guest)
            return .moved(Move())
        }
        switch try step(guest, at: pc, isFetchable: isFetchable, under: &mask) {
        case .stepped: return .moved(Move(isFetchable: true))
        case .stayed: return .moved(Move(isFetchable: true, stays: true))
        case .slept:
            let seconds = StepPlan.sleepLimit / 1000
            return .moved(
                Move(
                    note: "No interrupt came within \(seconds) s; the guest stands behind the wfi at \(pc.description)."
                )
            )
        case .trapped: return .moved(Move(note: try trapSentence()))
        case .interrupted:
            if try isPlanted(guest, at: pc) { standing.interruptedAt = (pc, try registerValue(.sp)) }
            return .moved(Move(note: try trapSentence()))
        case .ebreak:
            let isPassed = try isTakenByGuest(at: pc)
            switch try ownEbreak(at: pc, guest) {
            case .stop(let stop): return .stop(stop)
            case .goOn: return .moved(Move(note: isPassed ? try trapSentence() : nil))
            }
        case .event(let event):
            switch try verdict(event, guest, [], isComing: pc) {
            case .stop(let stop): return .stop(stop)
            case .goOn(let counted): return .moved(Move(isCounted: counted != nil))
            }
        }
    }

    /// "The instruction at 0x80000010 raised a load page fault (scause 0xd, stval 0x0); this is its handler."
    private func trapSentence() throws(DebuggerError) -> String {
        let cause = Cause(scause: try registerValue(.scause))
        let article = "aeiou".utf8.contains(cause.name.utf8.first ?? 0) ? "an" : "a"
        let beginning: String
        var numbers = "scause \(hex(cause.scause))"
        // Of a sequence from LR to SC, it can be any.
        let culprit = GuestVirtualAddress(try registerValue(.sepc))
        if cause.isInterrupt {
            beginning = "Before the instruction at \(culprit.description) came"
        } else {
            beginning = "The instruction at \(culprit.description) raised"
            numbers += ", stval \(hex(try registerValue(.stval)))"
        }
        return "\(beginning) \(article) \(cause.name) (\(numbers)); this is its handler."
    }

    /// What a call at `pc` is to come back to; nil where there is no call. From U-mode an `ecall` is one, too.
    private func call(at pc: GuestVirtualAddress) throws(DebuggerError) -> Until? {
        guard let instruction = try instructionIfMapped(at: pc) else { return nil }
        if instruction.callLink == nil {
            guard instruction.controlFlow(at: pc) == .ecall,
                try registerValue(.mode) == PrivilegeMode.user.rawValue
            else { return nil }
        }
        return Until(address: pc + UInt64(instruction.byteCount), stack: try registerValue(.sp))
    }

    /// Runs until the guest is at `location`, or the function that it is in has returned. Passes recursive calls of it when
    /// `sameFrame`. Throws `.noGuest`, `.cannotResume`, `.unmapped` and `.target`.
    public func advance(to location: GuestVirtualAddress, sameFrame: Bool) throws(DebuggerError) -> Stop {
        _ = try resumable()
        let guest = try requireGuest()
        var until = [Until(address: location, stack: sameFrame ? try registerValue(.sp) : nil)]
        // A return address that is no memory of the guest's is none.
        if let frame = try frameIfReadable(), let address = frame.returnAddress, let place = try mapped(address),
            hasRoom(guest, at: place)
        {
            until.append(Until(address: address, stack: frame.callerStack))
        }
        return try resumeAndTell(from: standing.reportedAt, until)
    }

    private func frameIfReadable() throws(DebuggerError) -> Frame? {
        do throws(DebuggerError) { return try frame() } catch {
            if error.isNoMemory { return nil }
            throw error
        }
    }

    /// Runs until the function that the guest is in has returned. Throws `.noGuest`, `.cannotResume`, `.noReturnAddress`, `.unmapped`
    /// and `.target`.
    public func finish() throws(DebuggerError) -> Stop {
        _ = try resumable()
        let frame = try frame()
        guard let address = frame.returnAddress else { throw .noReturnAddress(try pc()) }
        let until = Until(address: address, stack: frame.callerStack)
        return try resumeAndTell(from: standing.reportedAt, [until])
    }

    private func resumeAndTell(from pc: GuestVirtualAddress?, _ until: [Until]) throws(DebuggerError) -> Stop {
        let guest = try requireGuest()
        return try told(guest) { () throws(DebuggerError) in try run(guest, from: pc, until: until) }
    }

    /// Sets pc to `address` and lets the guest run; a breakpoint there is hit. Throws `.noGuest`, `.cannotResume` and `.target`.
    public func jump(to address: GuestVirtualAddress) throws(DebuggerError) -> Stop {
        _ = try resumable()
        try setRegisterValue(.pc, address.value)
        return try resume()
    }
}
