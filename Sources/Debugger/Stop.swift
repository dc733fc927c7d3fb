import Guest

/// Why the guest is not running.
public enum StopReason: Equatable, Sendable {
    /// It was created and has not run yet.
    case start
    /// It reached these breakpoints, by number, lowest first.
    case breakpoint([Int])
    /// It executed an `ebreak` of its own.
    case ebreak
    /// A watched value changed, or was accessed: watchpoints by number, lowest first.
    case watchpoint([Int])
    /// The steps that were asked for are done.
    case step
    /// It asked to be shut down (SBI SRST); the reason it gave.
    case shutdown(UInt64)
    /// It asked to be reset; the reason it gave (SBI SRST), nil where it did so by the test finisher.
    case reset(UInt64?)
    /// It ended with an exit code.
    case exit(Int)
    /// Ctrl-C, or a signal to kvmdbg.
    case interrupt
    /// A time limit was over.
    case timeout
    /// Its console said what was waited for.
    case console
    /// It did something that nothing answers, or its vCPU cannot go on; the sentence says what.
    case error(String)

    /// The word that `expect stop` knows the reason by.
    public var name: String {
        switch self {
        case .start: return "start"
        case .breakpoint: return "breakpoint"
        case .ebreak: return "ebreak"
        case .watchpoint: return "watchpoint"
        case .step: return "step"
        case .shutdown: return "shutdown"
        case .reset: return "reset"
        case .exit: return "exit"
        case .interrupt: return "interrupt"
        case .timeout: return "timeout"
        case .console: return "console"
        case .error: return "error"
        }
    }
}

/// A stop: why and where.
public struct Stop: Equatable, Sendable {
    /// Why the guest stopped.
    public var reason: StopReason
    /// The pc: the address of the instruction that runs next.
    public var pc: GuestVirtualAddress
    /// The number of the vCPU that stopped; the others were stopped with it.
    public internal(set) var vcpu = 0
    /// Whether the vCPU can run on from here. A guest that has shut down, or whose vCPU failed, can be looked at only.
    public var canResume: Bool
    /// Whether a breakpoint at pc is hit when the guest goes on, rather than gone off: nothing there was reported, because `$pc`
    /// was set since, or because Ctrl-C came just before.
    public internal(set) var hitsBreakpointHere: Bool
    /// What else there is to tell, a sentence each: a condition that failed, code that was overwritten, an exception.
    public internal(set) var notes: [String] = []

    /// A stop at `pc`.
    public init(reason: StopReason, pc: GuestVirtualAddress, canResume: Bool = true) {
        self.init(reason: reason, pc: pc, canResume: canResume, hitsBreakpointHere: false)
    }

    init(
        reason: StopReason, pc: GuestVirtualAddress, canResume: Bool = true, hitsBreakpointHere: Bool
    ) {
        self.reason = reason
        self.pc = pc
        self.canResume = canResume
        self.hitsBreakpointHere = hitsBreakpointHere
    }

    /// The stop with `note` to tell before what else there is.
    func adding(_ note: String?) -> Stop {
        var stop = self
        if let note { stop.notes.insert(note, at: 0) }
        return stop
    }
}

extension StopReason {
    /// What happened, as a sentence; `addressed` is the pc as it is shown.
    public func sentence(at addressed: String) -> String {
        switch self {
        case .start: return "The guest is at its entry, \(addressed)."
        case .breakpoint(let numbers):
            let list = numbers.map { "\($0)" }.joined(separator: ", ")
            return "Breakpoint \(list), \(addressed)."
        case .ebreak: return "The guest's own ebreak, \(addressed)."
        case .watchpoint(let numbers):
            let list = numbers.map { "\($0)" }.joined(separator: ", ")
            return "Watchpoint \(list), \(addressed)."
        case .step: return "Stepped to \(addressed)."
        case .shutdown(let reason): return "The guest shut down (\(Self.systemReset(reason)))."
        case .reset(let reason?): return "The guest asked for a reset (\(Self.systemReset(reason)))."
        case .reset(nil): return "The guest asked for a reset (test finisher)."
        case .exit(let code): return "The guest exited with code \(code)."
        case .interrupt: return "Interrupted at \(addressed)."
        case .timeout: return "The time limit was over at \(addressed)."
        case .console: return "The console said what was waited for; the guest is at \(addressed)."
        case .error(let sentence): return sentence
        }
    }

    /// How the guest ended, as an exit code: the one that it gave, or 1 where it shut down or asked for a reset because of a system
    /// failure, else 0; nil where it did not end.
    public var exitCode: Int? {
        switch self {
        case .exit(let code): return code
        case .shutdown(let reason), .reset(let reason?): return reason == Self.systemFailure ? 1 : 0
        case .reset(nil): return 0
        default: return nil
        }
    }

    /// "SBI system reset, reason 1: system failure".
    private static func systemReset(_ reason: UInt64) -> String {
        "SBI system reset, reason \(reason)" + (reason == systemFailure ? ": system failure" : "")
    }

    /// The reason that stands for a failure (SBI specification, "System Reset Extension").
    static let systemFailure: UInt64 = 1
}
