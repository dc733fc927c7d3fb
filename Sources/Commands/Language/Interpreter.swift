import Debugger
import Host
import Reports

/// Carries commands out and tells the report how they ended.
public final class Interpreter {
    /// What the commands work with.
    public let context: Context
    /// What parsing knows.
    public let parsing: ParseContext
    /// What an empty line does in the REPL.
    private var repeatable: PreparedCommand?
    /// What was typed of a block whose `end` is still to come.
    private var typedBlock: [CommandText] = []
    /// How many `end`s are still to come.
    public private(set) var openBlocks = 0
    /// Whether the commands of a breakpoint are being carried out.
    private var isDraining = false

    /// An interpreter over `context`.
    public init(context: Context, parsing: ParseContext) {
        self.context = context
        self.parsing = parsing
        // The context lives inside the interpreter and never longer, so the cycle that a strong reference would be is avoided.
        context.execute = { [unowned(unsafe) self] script in self.execute(script) }
    }

    /// How a command or a script ended.
    public enum Outcome: Equatable, Sendable {
        /// It did what was asked.
        case done
        /// It ended otherwise; the report knows. The status is what a script ends with.
        case ended(ExitStatus)
        /// `quit`: the session is over.
        case quit(ExitStatus)
    }

    /// Parses and carries out what was typed. Where `repeats`, an empty line repeats the last command, if that is what GDB
    /// does.
    public func execute(typed line: String, repeats: Bool = true) -> Outcome {
        let text = CommandText(typed: line)
        if let outcome = collect(text) { return outcome }
        let command: PreparedCommand?
        do { command = try PreparedCommand.parse(text, parsing) } catch { return tell(error, of: text) }
        if let command {
            repeatable = command.command.repetition == .never ? nil : command
            return perform(command)
        }
        guard repeats, let repeatable, line.utf8.allSatisfy(Arguments.isBlank) else { return .done }
        if repeatable.command.repetition == .onward, let bare = try? onward(repeatable) { return perform(bare) }
        return perform(repeatable)
    }

    /// Carries out all of a script; the first command that fails ends it.
    public func execute(_ script: Script) -> Outcome {
        context.scriptDepth += 1
        defer { context.scriptDepth -= 1 }
        for command in script.commands {
            context.report.began(command: command.text.text)
            let outcome = perform(command)
            if outcome != .done { return outcome }
        }
        return .done
    }

    /// Carries out a command that was parsed before.
    public func execute(_ command: PreparedCommand) -> Outcome { perform(command) }

    /// Makes the ELF file at `path` the program, as `load` does.
    public func load(_ path: String) -> Outcome {
        let text = CommandText(typed: "load \(path)")
        do {
            try Load.load(path, context)
            return .done
        } catch { return tell(error, of: text) }
    }

    /// Forgets a block that was begun and not ended.
    public func abandonBlock() {
        typedBlock = []
        openBlocks = 0
    }

    /// No further line comes: a block that waits for its `end` is refused.
    public func endOfInput() -> Outcome {
        guard let first = typedBlock.first else { return .done }
        abandonBlock()
        return tell(.syntax(Block.endIsMissing, SourceSpan(0, first.text.utf8.count)), of: first)
    }

    /// Takes a typed line that begins a block, or belongs to one; nil for any other. The block is carried out at its `end`.
    private func collect(_ text: CommandText) -> Outcome? {
        if Block.begins(text, parsing) {
            openBlocks += 1
        } else if openBlocks == 0 {
            return nil
        } else if Block.ends(text) {
            openBlocks -= 1
        }
        typedBlock.append(text)
        if openBlocks > 0 { return .done }
        let lines = typedBlock
        abandonBlock()
        repeatable = nil
        do throws(Script.Problem) {
            for command in try Block.parse(lines, parsing) {
                let outcome = perform(command)
                if outcome != .done { return outcome }
            }
            return .done
        } catch { return tell(error.error, of: error.text) }
    }

    /// Carries out a command, and what it leads to: the commands of the breakpoint at which it has stopped the guest.
    private func perform(_ command: PreparedCommand) -> Outcome {
        var outcome = performOne(command)
        if isDraining { return outcome }
        isDraining = true
        defer { isDraining = false }
        while outcome == .done, !context.queue.isEmpty { outcome = performOne(context.queue.removeFirst()) }
        context.queue = []
        return outcome
    }

    private func performOne(_ command: PreparedCommand) -> Outcome {
        if Interruption.isPending { return tell(.interrupted, of: command.text) }
        do {
            try command.action(context)
            return .done
        } catch { return tell(error, of: command.text) }
    }

    private func onward(_ command: PreparedCommand) throws(CommandError) -> PreparedCommand? {
        let format = command.format.map { "/" + $0 } ?? ""
        return try PreparedCommand.parse(CommandText(typed: command.command.name + format), parsing)
    }

    /// Tells the report of an error and gives the status that it stands for.
    public func tell(_ error: CommandError, of text: CommandText) -> Outcome {
        switch error {
        case .syntax(let message, let span):
            context.report.failed(failure(.syntax, text, message, span))
            return .ended(.usage)
        case .failed(let message, let span):
            context.report.failed(failure(.command, text, message, span))
            return .ended(.failed)
        case .expectation(let message, let details):
            context.report.failed(failure(.expectation, text, message, nil, details))
            return .ended(.failed)
        case .script(let problem):
            return tell(problem.error, of: problem.text)
        case .ended(let outcome):
            return outcome
        case .unavailable(let reason):
            // At the prompt nothing is skipped: the person goes on.
            if context.isInteractive && context.scriptDepth == 0 {
                context.report.failed(failure(.command, text, reason, nil))
            } else {
                context.report.skipped(reason)
            }
            return .ended(.skipped)
        case .interrupted:
            context.report.failed(failure(.interrupted, text, "Interrupted.", nil))
            return .ended(.interrupted)
        case .quit(let status):
            return .quit(status)
        }
    }

    private func failure(
        _ kind: Failure.Kind, _ text: CommandText, _ message: String, _ span: SourceSpan?, _ details: [(name: String, value: String)] = []
    ) -> Failure {
        Failure(
            kind: kind, command: text.text, location: text.location(of: span?.start ?? 0), message: message,
            excerpt: span.map { Caret.lines(text.text, $0) } ?? [], details: details)
    }
}
