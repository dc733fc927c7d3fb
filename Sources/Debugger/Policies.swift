/// What happens at an `ebreak` of the guest's own while guest debug is on.
public enum EbreakPolicy: Sendable {
    /// The guest stops here.
    case stop
    /// The guest takes the breakpoint exception, as without a debugger; the breakpoints stay armed.
    case pass
    /// The guest goes on behind it.
    case skip

    /// "stop", "pass", "skip".
    public var name: String {
        switch self {
        case .stop: return "stop"
        case .pass: return "pass"
        case .skip: return "skip"
        }
    }
}

/// Which vCPUs run when the guest is let run. The instruction that a breakpoint stands on, and each single step, is executed by its vCPU
/// alone in any case.
public enum SchedulerLocking: Sendable {
    /// All, also while `nexti` runs over a call.
    case off
    /// The current one alone in steps (`stepi`, `nexti`), all else.
    case step
    /// The current one alone.
    case on

    /// "off", "step", "on".
    public var name: String {
        switch self {
        case .off: return "off"
        case .step: return "step"
        case .on: return "on"
        }
    }
}

/// What a step does about interrupts that are pending.
public enum StepInterrupts: Sendable {
    /// The guest takes none during a step; they stay pending.
    case masked
    /// The guest takes them: a step can end in the handler.
    case follow

    /// "masked", "follow".
    public var name: String {
        switch self {
        case .masked: return "masked"
        case .follow: return "follow"
        }
    }
}
