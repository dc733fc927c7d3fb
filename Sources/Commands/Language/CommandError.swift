import Debugger
import Host
import Reports

/// Why a command was not carried out, or what it asks of whoever runs it.
public enum CommandError: Error {
    /// The command cannot be understood; found before anything runs. The span is in the command's text.
    case syntax(String, SourceSpan)
    /// The command was understood and failed; the span is where, if it can be told.
    case failed(String, SourceSpan?)
    /// An expectation did not hold: the sentence, and the values on both sides by name.
    case expectation(String, details: [(name: String, value: String)])
    /// A script that the command names cannot be used; told at the place of the error in it.
    indirect case script(Script.Problem)
    /// A script that the command names was carried out and ended early; the report knows why.
    case ended(Interpreter.Outcome)
    /// The host lacks what the rest needs; the sentence says what.
    case unavailable(String)
    /// A time limit was over: the sentence, and what else there is to say by name.
    case timedOut(String, details: [(name: String, value: String)])
    /// Ctrl-C ended a command.
    case interrupted
    /// The session is to end with this status.
    case quit(ExitStatus)
}

extension CommandError {
    /// The engine's refusal, without a spot in the command.
    init(_ error: DebuggerError) {
        self = error.isUnavailable ? .unavailable(error.message) : .failed(error.message, nil)
    }

    init(_ error: HostError) { self = .failed(error.message, nil) }
}
