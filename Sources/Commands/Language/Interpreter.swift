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
    /// Who notes what is carried out of what was typed, and how it ended.
    public var recorder: (PreparedCommand, Outcome) -> Void = { _, _ in }
    /// Whether the line that begins a block is looked at when it is typed, and not only at the block's end: for a person, who can
    /// type it again.
    public var checksHeads = false
    /// Whether the latest line was to begin a block and could not be understood.
    public private(set) var hasRefusedHead = false
    /// What kinds of blocks still wait for their `end`, outermost first.
    private var openKinds: [Command.Block] = []

    /// An interpreter over `context`.
    public init(context: Context, parsing: ParseContext) {
        self.context = context
        self.parsing = parsing
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
            return execute(command)
        }
        guard repeats, let repeatable, line.utf8.allSatisfy(Arguments.isBlank) else { return .done }
        if repeatable.command.repetition == .onward, let bare = try? onward(repeatable) { return execute(bare) }
        return execute(repeatable)
    }

    /// Carries out all of a script; the first command that fails outside of a test ends it.
    public func execute(_ script: Script) -> Outcome { context.carryOut(script) }

    /// Carries out a command that was parsed before.
    public func execute(_ command: PreparedCommand) -> Outcome {
        let outcome = told(context.perform(command))
        recorder(command, outcome)
        return outcome
    }

    /// Carries out `command` with the file at `path`, whatever characters its name has: "load", "kernel", "initrd", "machine dtb",
    /// "symbols".
    public func take(_ command: String, file path: String) -> Outcome {
        let text = CommandText(typed: command + " " + PreparedCommand.quotedFileName(path))
        do {
            switch command {
            case "load": try context.load(.guest, path)
            case "kernel": try context.load(.kernel, path)
            case "initrd":
                try context.engine { (session) throws(DebuggerError) in try session.setInitrd(path) }
            case "symbols": try SymbolsCommand.read(path, context)
            case "machine semihosting":
                try context.engine { (session) throws(DebuggerError) in try session.setSemihostingFolder(path) }
            default:
                try context.engine { (session) throws(DebuggerError) in try session.setDeviceTree(path) }
            }
            return .done
        } catch { return tell(error, of: text) }
    }

    /// How many `end`s are still to come.
    public var openBlocks: Int { openKinds.count }

    /// Forgets a block that was begun and not ended.
    public func abandonBlock() {
        typedBlock = []
        openKinds = []
    }

    /// No further line comes: a block that waits for its `end` is refused.
    public func endOfInput() -> Outcome {
        guard let first = typedBlock.first else { return .done }
        abandonBlock()
        return tell(.syntax(Block.endIsMissing, SourceSpan(0, first.text.utf8.count)), of: first)
    }

    /// Takes a typed line that begins a block, or belongs to one; nil for any other. The block is carried out at its `end`.
    private func collect(_ text: CommandText) -> Outcome? {
        let kind = openKinds.last == .text ? .none : Block.begun(by: text, parsing)
        hasRefusedHead = false
        if kind != .none {
            if checksHeads, let error = headError(text) {
                hasRefusedHead = true
                return tell(error, of: text)
            }
            openKinds.append(kind)
        } else if openKinds.isEmpty {
            return nil
        } else if Block.ends(text) {
            openKinds.removeLast()
        }
        typedBlock.append(text)
        if !openKinds.isEmpty { return .done }
        let lines = typedBlock
        abandonBlock()
        repeatable = nil
        do throws(Script.Problem) {
            for command in try Block.parse(try Block.statements(lines, parsing), parsing) {
                let outcome = execute(command)
                if outcome != .done { return outcome }
            }
            return .done
        } catch { return tell(error.error, of: error.text) }
    }

    /// What is wrong with a line that begins a block; nil when that cannot be told before its end.
    private func headError(_ text: CommandText) -> CommandError? {
        let known = parsing.table.definitions
        let depth = parsing.blockDepth
        parsing.blockDepth += openKinds.count
        defer {
            parsing.table.restore(known)
            parsing.blockDepth = depth
        }
        do throws(CommandError) {
            _ = try PreparedCommand.parse(Statement(text: text, takesBlock: true), parsing)
            return nil
        } catch { return error }
    }

    private func onward(_ command: PreparedCommand) throws(CommandError) -> PreparedCommand? {
        let format = command.format.map { "/" + $0 } ?? ""
        return try PreparedCommand.parse(CommandText(typed: command.command.name + format), parsing)
    }

    /// How a command that stands in no script ended, with the tests that were in it.
    private func told(_ outcome: Outcome) -> Outcome {
        let tally = context.scope.tally
        context.scope.tally = Tally()
        return tally.outcome(of: outcome)
    }

    /// Tells the report of an error and gives the status that it stands for.
    public func tell(_ error: CommandError, of text: CommandText) -> Outcome { context.tell(error, of: text) }

    /// Tells of all that is wrong in what was parsed with `check`; how that ends.
    public func tell(_ check: ScriptCheck) -> Outcome {
        var outcome = Outcome.done
        for problem in check.finish(parsing.registers) { outcome = tell(problem.error, of: problem.text) }
        return outcome
    }

    /// Carries out what was deferred outside of scripts; the session ends.
    public func finish(_ status: ExitStatus) -> ExitStatus {
        let outcome = context.finishing(status == .passed ? .done : .ended(status))
        switch outcome {
        case .done: return status
        case .ended(let status), .quit(let status): return status
        }
    }
}
