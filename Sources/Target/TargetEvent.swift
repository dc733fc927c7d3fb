/// Why a target came back from running: something worth telling, never an exit that the machine itself answered.
public enum TargetEvent: Equatable, Sendable {
    /// The guest executed an `ebreak` that guest debug took (`KVM_EXIT_DEBUG`); pc is the address of the instruction.
    case trap
    /// The guest did to watched memory what is to be told. The instruction is done: pc is behind it.
    case watched(WatchedAccess)
    /// The instruction at pc accesses a watched page in a way that cannot be told apart, or its code lies in one. It is still to
    /// come: with the pages open it can be stepped.
    case blocked
    /// The guest asked to be shut down (SBI SRST), with the reason it gave.
    case shutdown(reason: UInt64)
    /// The guest asked to be reset, by SBI SRST with the reason it gave, or by a device, without one.
    case reset(reason: UInt64?)
    /// The guest ended its machine by a device, with an exit code; it cannot go on.
    case exited(code: UInt64)
    /// A signal stopped the run; the guest can go on.
    case interrupted
    /// The time that the run was given is over; the guest can go on.
    case timeLimit
    /// The time that all runs were given together is over; the guest can go on.
    case deadline
    /// The console said what whoever listens to it was waiting for; the guest can go on.
    case console
    /// The guest did something that nothing here answers. The text says what; the guest can go on.
    case unhandled(String)
    /// The vCPU cannot go on. The text says why; registers and memory stay readable.
    case fatal(String)
}
