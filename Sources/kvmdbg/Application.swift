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
    private let reporting: Reporting
    private let recorder: Recorder?
    private let session: Session
    private let interpreter: Interpreter
    /// Whether commands are read from standard input after what the options ask for.
    private let hasPrompt: Bool

    /// Throws when a file cannot be written, and when the program was linked with a disassembler that lacks RISC-V.
    init(_ options: Options) throws(Options.Problem) {
        self.options = options
        let style = Style(isColoured: Application.isColoured(options.colour, output))
        reporting = try Reporting(options, output: output, errors: errors, style: style)
        let table = CommandTable.standard()
        let registers = RegisterTable()
        let report = reporting.report
        let console = ConsoleLog()
        session = Session(provider: MachineProvider(report: report, log: console), registers: registers)
        do throws(DebuggerError) {
            try session.changeMachine { machine in
                if let size = options.memorySize { machine.memorySize = size }
                if let count = options.vcpuCount { machine.vcpuCount = count }
                machine.commandLine = options.commandLine
            }
        } catch { throw Options.Problem(message: error.message) }
        let shownStyle = reporting.isHuman ? style : Style(isColoured: false)
        let context: Context
        do throws(DisassemblyError) {
            context = try Context(session: session, report: report, style: shownStyle, table: table, console: console)
        } catch { throw Options.Problem(message: error.message) }
        context.requiresKVM = options.requiresKVM
        if let time = options.timeLimit { context.limitRun(to: time) }
        hasPrompt = !options.hasScript && !options.isBatch
        context.isInteractive = hasPrompt && LineSource(descriptor: 0).isTerminal
        let parsing = ParseContext(table: table, registers: registers)
        interpreter = Interpreter(context: context, parsing: parsing)
        if let path = options.record {
            do throws(HostError) {
                let recorder = try Recorder(path, options, parsing)
                interpreter.recorder = { recorder.note($0, $1) }
                self.recorder = recorder
            } catch { throw Options.Problem(message: error.message) }
        } else {
            recorder = nil
        }
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
            let prompt = REPL(
                interpreter: interpreter, output: output, errors: errors, options: options,
                transcript: reporting.transcript, recorder: recorder)
            return end(prompt.run { perform(work) })
        }
        let outcome = perform(work)
        if outcome == .done, !options.hasScript, let own = interpreter.context.guestStatus { return end(own) }
        return end(status(outcome))
    }

    /// Ends the guest and the report; the status, unless the output was lost.
    private func end(_ status: ExitStatus) -> ExitStatus {
        var status = interpreter.finish(status)
        session.kill()
        interpreter.context.flushFiles()
        reporting.report.finish()
        if status == .skipped, let own = options.skipStatus { status = ExitStatus(own) }
        if let failure = reporting.failure ?? recorder?.failure {
            errors.write("kvmdbg: \(failure.message)\n")
            errors.flush()
            status = .failed
        }
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
        if let text = options.commandLine { recorder?.note("append \(PreparedCommand.quotedFileName(text))") }
        for (command, path) in options.bootFiles {
            let outcome = interpreter.take(command, file: path)
            recorder?.note(command, file: path, hasFailed: outcome != .done)
            if outcome == .done { continue }
            worst = outcome
            if !hasPrompt { return worst }
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
