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
        var mask = InterruptMask()
        if stepInterrupts == .masked { try maskInterrupts(&mask) }
        let outcome: Result<Stop, DebuggerError>
        do { outcome = .success(try step(guest, count, over, &mask)) } catch { outcome = .failure(error) }
        try unmaskInterrupts(&mask)
        return try tell(try outcome.get(), guest)
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
        var pc = try pc()
        var isFetchable = false
        var note: String?
        var left = count
        while left > 0 {
            left -= 1
            note = nil
            if over, reportedEbreak != pc, let call = try call(at: pc) {
                if let stop = try stepOver(guest, pc, call, &mask) { return stop }
            } else {
                switch try stepOnce(guest, pc, isFetchable, &mask) {
                case .stop(let stop): return stop
                case .moved(let sentence): note = sentence
                }
            }
            pc = try self.pc()
            isFetchable = note == nil
            if !guest.sites.isEmpty, let place = try mapped(pc), guest.sites.isPlanted(at: place),
                let stop = try hit(at: place, pc)
            {
                return stop
            }
        }
        var stop = Stop(reason: .step, pc: pc)
        if let note { stop.notes.append(note) }
        return stop
    }

    private enum Move {
        case moved(note: String?)
        case stop(Stop)
    }

    private func stepOnce(
        _ guest: Guest, _ pc: GuestVirtualAddress, _ isFetchable: Bool, _ mask: inout InterruptMask
    ) throws(DebuggerError) -> Move {
        if reportedEbreak == pc {
            try skipEbreak(at: pc, guest)
            return .moved(note: nil)
        }
        switch try step(guest, at: pc, isFetchable: isFetchable, under: &mask) {
        case .stepped: return .moved(note: nil)
        case .trapped: return .moved(note: try trapSentence("The instruction at \(pc.description) raised"))
        case .interrupted: return .moved(note: try trapSentence("Before the instruction at \(pc.description) came"))
        case .ebreak:
            switch try ownEbreak(at: pc, guest) {
            case .stop(let stop): return .stop(stop)
            case .goOn:
                let passed = try self.pc() == TrapVector(stvec: registerValue(.stvec)).base
                return .moved(note: passed ? try trapSentence("The instruction at \(pc.description) raised") : nil)
            }
        case .event(let event):
            switch try verdict(event, guest, [], isComing: pc) {
            case .stop(let stop): return .stop(stop)
            case .goOn: return .moved(note: nil)
            }
        }
    }

    /// "… a load page fault (scause 13, stval 0x0)."
    private func trapSentence(_ beginning: String) throws(DebuggerError) -> String {
        let cause = Cause(scause: try registerValue(.scause))
        let article = "aeiou".utf8.contains(cause.name.utf8.first ?? 0) ? "an" : "a"
        var numbers = "scause \(hex(cause.scause))"
        if !cause.isInterrupt { numbers += ", stval \(hex(try registerValue(.stval)))" }
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

    /// Runs from the call at `pc` until it came back; a stop, if it did not.
    private func stepOver(
        _ guest: Guest, _ pc: GuestVirtualAddress, _ call: Until, _ mask: inout InterruptMask
    ) throws(DebuggerError) -> Stop? {
        // What is called may wait for interrupts.
        let isMasked = mask.isOn
        try unmaskInterrupts(&mask)
        let outcome: Result<Stop, DebuggerError>
        do { outcome = .success(try run(guest, from: pc, until: [call])) } catch { outcome = .failure(error) }
        if isMasked { try maskInterrupts(&mask) }
        let stop = try outcome.get()
        return stop.reason == .step ? nil : stop
    }

    /// Runs until the guest is at `location`, or the function that it is in has returned. Passes recursive calls of it when
    /// `sameFrame`. Throws `.noGuest`, `.cannotResume`, `.unmapped` and `.target`.
    public func advance(to location: GuestVirtualAddress, sameFrame: Bool) throws(DebuggerError) -> Stop {
        let stop = try resumable()
        let frame = try frame()
        var until = [Until(address: location, stack: sameFrame ? try registerValue(.sp) : nil)]
        // A return address that is no memory of the guest's is none.
        if let address = frame.returnAddress, try mapped(address) != nil {
            until.append(Until(address: address, stack: frame.callerStack))
        }
        return try resumeAndTell(from: stop.hitsBreakpointHere ? nil : stop.pc, until)
    }

    /// Runs until the function that the guest is in has returned. Throws `.noGuest`, `.cannotResume`, `.noReturnAddress`, `.unmapped`
    /// and `.target`.
    public func finish() throws(DebuggerError) -> Stop {
        let stop = try resumable()
        let frame = try frame()
        guard let address = frame.returnAddress else { throw .noReturnAddress(stop.pc) }
        let until = Until(address: address, stack: frame.callerStack)
        return try resumeAndTell(from: stop.hitsBreakpointHere ? nil : stop.pc, [until])
    }

    private func resumeAndTell(from pc: GuestVirtualAddress?, _ until: [Until]) throws(DebuggerError) -> Stop {
        let guest = try requireGuest()
        return try tell(try run(guest, from: pc, until: until), guest)
    }

    /// Sets pc to `address` and lets the guest run; a breakpoint there is hit. Throws `.noGuest`, `.cannotResume` and `.target`.
    public func jump(to address: GuestVirtualAddress) throws(DebuggerError) -> Stop {
        _ = try resumable()
        try setRegisterValue(.pc, address.value)
        return try resume()
    }
}
