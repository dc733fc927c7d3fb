import Symbols
import Target

extension Session {
    /// What a user can change in a session, but for the guest.
    public struct Checkpoint {
        fileprivate let program: Program?
        fileprivate let furtherSymbols: [SymbolTables.Entry]
        fileprivate let machine: MachineSettings
        fileprivate let breakpoints: BreakpointTable
        fileprivate let watchpoints: [Watchpoint]
        fileprivate let nextBreakpointNumber: Int
        fileprivate let ebreakPolicy: EbreakPolicy
        fileprivate let semihosting: Bool
        fileprivate let stepInterrupts: StepInterrupts
        fileprivate let schedulerLocking: SchedulerLocking
        fileprivate let guestDebug: Bool
        fileprivate let answers: GuestAnswers
        fileprivate let history: [Value]
        fileprivate let variables: [String: Value]
    }

    /// Everything as it is now.
    public func checkpoint() -> Checkpoint {
        Checkpoint(
            program: program, furtherSymbols: furtherSymbols, machine: machine, breakpoints: breakpointTable.copy(),
            watchpoints: watching.watchpoints, nextBreakpointNumber: nextBreakpointNumber, ebreakPolicy: ebreakPolicy,
            semihosting: semihosting, stepInterrupts: stepInterrupts, schedulerLocking: schedulerLocking,
            guestDebug: guestDebug, answers: answers,
            history: history, variables: variables)
    }

    /// Ends the guest and has everything be as it was; a guest that there was then is not back.
    public func restore(_ checkpoint: Checkpoint) {
        breakpointTable = checkpoint.breakpoints
        watching = Watching()
        watching.watchpoints = checkpoint.watchpoints
        program = checkpoint.program
        furtherSymbols = checkpoint.furtherSymbols
        machine = checkpoint.machine
        nextBreakpointNumber = checkpoint.nextBreakpointNumber
        ebreakPolicy = checkpoint.ebreakPolicy
        semihosting = checkpoint.semihosting
        stepInterrupts = checkpoint.stepInterrupts
        schedulerLocking = checkpoint.schedulerLocking
        guestDebug = checkpoint.guestDebug
        answers = checkpoint.answers
        history = checkpoint.history
        variables = checkpoint.variables
        kill()
    }
}
