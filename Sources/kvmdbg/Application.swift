import Commands
import Debugger
import Disassembly
import Host
import RISCV
import Reports

/// kvmdbg wired together: the options on one side, the process's exit status on the other.
final class Application {
    private let options: Options
    private let output = ByteSink(descriptor: 1)
    private let errors = ByteSink(descriptor: 2)
    private let report: any Report
    private let session: Session
    private let interpreter: Interpreter
    /// Whether commands are read from standard input after what the options ask for.
    private let hasPrompt: Bool

    /// Throws when the program was linked with a disassembler that lacks RISC-V.
    init(_ options: Options) throws(DisassemblyError) {
        self.options = options
        let style = Style(isColoured: Application.isColoured(options.colour, output))
        switch options.format {
        case .human:
            report = HumanReport(output: output, errors: errors, style: style, echoes: options.hasScript)
        case .tap: report = TAPReport(output: output, harnessVersion: Environment.value("TAP_VERSION"))
        }
        let table = CommandTable.standard()
        let registers = RegisterTable()
        let console = ConsoleLog()
        session = Session(provider: MachineProvider(report: report, log: console), registers: registers)
        if let size = options.memorySize { session.memorySize = size }
        let shownStyle = options.format == .human ? style : Style(isColoured: false)
        let context = try Context(
            session: session, report: report, style: shownStyle, table: table, console: console)
        if let time = options.timeLimit { context.limitRun(to: time) }
        hasPrompt = !options.hasScript && !options.isBatch
        context.isInteractive = hasPrompt && LineSource(descriptor: 0).isTerminal
        interpreter = Interpreter(context: context, parsing: ParseContext(table: table, registers: registers))
    }

    /// Carries out what the options ask for.
    func run() -> ExitStatus {
        Interruption.catchSignal()
        for (name, value) in options.definitions {
            do throws(CommandError) { try interpreter.context.define(name, value) } catch {
                return end(status(interpreter.tell(error, of: CommandText(typed: "--define \(name)=\(value)"))))
            }
        }
        if options.checksOnly { return end(status(check())) }
        var work: [Work] = []
        for source in options.sources {
            switch prepare(source) {
            case .ready(let item): work.append(item)
            case .blank: break
            case .refused(let outcome): return end(status(outcome))
            }
        }
        if hasPrompt {
            let prompt = REPL(interpreter: interpreter, output: output, errors: errors, options: options)
            return end(prompt.run { perform(work) })
        }
        return end(status(perform(work)))
    }

    /// Ends the guest and the report; the status, unless the output was lost.
    private func end(_ status: ExitStatus) -> ExitStatus {
        let status = interpreter.finish(status)
        session.kill()
        interpreter.context.flushTraces()
        report.finish()
        return statusOfOutput(output, status)
    }

    /// Parses all, and tells of everything that is wrong.
    private func check() -> Interpreter.Outcome {
        let check = ScriptCheck(set: options.definitions.map { $0.name })
        interpreter.parsing.check = check
        for source in options.sources {
            // What ends the parsing of a whole script: that it cannot be read, or blocks without end.
            if case .refused(let outcome) = prepare(source) {
                _ = interpreter.tell(check)
                return outcome
            }
        }
        return interpreter.tell(check)
    }

    private enum Work {
        case script(Script)
        case command(PreparedCommand)
    }

    private enum Preparation {
        case ready(Work)
        case blank
        case refused(Interpreter.Outcome)
    }

    /// Parses all before anything is carried out.
    private func prepare(_ source: Options.Source) -> Preparation {
        switch source {
        case .script(let name):
            do { return .ready(.script(try Script(path: InstalledScripts.path(of: name), interpreter.parsing))) } catch
            {
                return .refused(interpreter.tell(error.error, of: error.text))
            }
        case .command(let text):
            let command = CommandText(typed: text)
            do {
                let parsed = try PreparedCommand.parse(command, interpreter.parsing)
                return parsed.map { .ready(.command($0)) } ?? .blank
            } catch { return .refused(interpreter.tell(error, of: command)) }
        }
    }

    /// Carries out what the options ask for up to the first failure; before a prompt, up to the end or Ctrl-C.
    private func perform(_ work: [Work]) -> Interpreter.Outcome {
        var worst = Interpreter.Outcome.done
        if let guest = options.guest {
            worst = interpreter.load(guest)
            if worst != .done && !hasPrompt { return worst }
        }
        for item in work {
            let outcome: Interpreter.Outcome
            switch item {
            case .script(let script): outcome = interpreter.execute(script)
            case .command(let command): outcome = interpreter.execute(command)
            }
            switch outcome {
            case .done: continue
            case .ended where hasPrompt && !Interruption.isPending: if worst == .done { worst = outcome }
            default: return outcome
            }
        }
        return worst
    }

    private func status(_ outcome: Interpreter.Outcome) -> ExitStatus {
        switch outcome {
        case .done: return .passed
        case .ended(let status), .quit(let status): return status
        }
    }

    private static func isColoured(_ colour: Options.Colour, _ output: ByteSink) -> Bool {
        switch colour {
        case .always: return true
        case .never: return false
        case .auto:
            // NO_COLOR counts when it is set and not empty (no-color.org).
            let isRefused = !(Environment.value("NO_COLOR") ?? "").isEmpty || Environment.value("TERM") == "dumb"
            return output.isTerminal && !isRefused
        }
    }
}
