import Debugger
import Guest
import Host
import Reports

extension Context {
    /// Lets the guest run by `body`, and for `time` at most, and shows why it stopped. Throws `.interrupted` when Ctrl-C, and
    /// `.timedOut` when a time limit but `time` stopped a guest that a script runs: the script ends with it.
    func resume(for time: TimeSpan? = nil, _ body: (Session) throws(DebuggerError) -> Stop) throws(CommandError) {
        report.flush()
        defer { flushFiles() }
        runNumber += 1
        let left = limits.left(of: time)
        let stop = try timed(left, body)
        arrive(stop)
        // At the prompt the signal stays pending until the next line is read, so that it ends what else was given with this one.
        if isInteractive && scriptDepth == 0 { return }
        if stop.reason == .interrupt { throw .interrupted }
        if stop.reason == .timeout, left != time?.nanoseconds {
            throw .timedOut(limits.sentence, details: stopDetails())
        }
    }

    /// Makes a fresh guest, and shows that it is at its entry.
    func start() throws(CommandError) {
        try engine { (session) throws(DebuggerError) in try session.start() }
        if let stop = session.stop { arrive(stop) }
    }

    /// Tells of a stop, and has what is wanted at it be carried out next.
    private func arrive(_ stop: Stop) {
        report.stopped(
            GuestStop(
                reason: stop.reason.name, pc: stop.pc,
                sentence: session.sentence(of: stop, at: plainAddressText(stop.pc))))
        // What was still to come of another breakpoint's commands is not carried out once the guest ran on.
        queue = []
        switch stop.reason {
        case .breakpoint(let numbers), .watchpoint(let numbers):
            queue = numbers.flatMap { breakpointCommands[$0] ?? [] }
        default: break
        }
        if queue.first?.isSilent ?? false { return }
        showStop()
        queue = stopCommands + queue
    }

    /// Lets the guest run by `body`, for so many nanoseconds at most; `latestRun` is how long it took.
    private func timed(_ limit: UInt64?, _ body: (Session) throws(DebuggerError) -> Stop) throws(CommandError) -> Stop {
        let began = MonotonicClock.nanoseconds
        session.timeLimit = limit
        defer { latestRun = MonotonicClock.nanoseconds - began }
        return try engine(body)
    }

    /// Shows the latest stop: why, where, and the instruction that runs next.
    private func showStop() {
        guard let stop = session.stop else { return }
        for note in stop.notes { line(note) }
        // A pc that leads to no memory has no instruction to show; the stop is told all the same.
        let instruction = try? disassembled(at: stop.pc)
        // The line of the instruction says all that there is to say of a step.
        if let watch = session.watchReport {
            showWatch(watch)
        } else if stop.reason != .step || instruction == nil {
            line(session.sentence(of: stop, at: addressText(stop.pc)))
        }
        switch stop.reason {
        case .shutdown, .reset, .exit: return
        default: break
        }
        if let instruction { line(instruction.text) }
        showDisplays()
    }
}
