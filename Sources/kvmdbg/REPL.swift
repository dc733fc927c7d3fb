import Commands
import Debugger
import Host
import Reports

/// The prompt: on a terminal with line editing; else the lines of standard input, one command each.
struct REPL {
    let interpreter: Interpreter
    let output: ByteSink
    let errors: ByteSink
    let options: Options
    /// The session as it is seen, where it is kept.
    let transcript: HumanReport?
    let recorder: Recorder?

    /// Greets, carries out the init file and `first`, then reads and carries out commands until the end. Without a terminal a
    /// command that failed shows in the status, and Ctrl-C ends the session.
    func run(_ first: () -> Interpreter.Outcome) -> ExitStatus {
        let input = LineSource(descriptor: 0)
        return input.isTerminal && output.isTerminal ? runOnTerminal(first) : runOnLines(input, first)
    }

    private func runOnTerminal(_ first: () -> Interpreter.Outcome) -> ExitStatus {
        let context = interpreter.context
        let editor = LineEditor(
            completer: Completer(
                table: interpreter.parsing.table, session: context.session, displays: { context.displayNumbers }))
        context.typedLines = { editor.lines }
        interpreter.checksHeads = true
        if !options.isQuiet {
            show("kvmdbg \(version). \"help\" lists the commands; GPL-3.0-or-later, no warranty.\n")
        }
        var toldProblem: String?
        if let status = readInitFile() { return status }
        if case .quit(let status) = first() { return status }
        while true {
            if let problem = editor.historyProblem, problem != toldProblem {
                toldProblem = problem
                show(problem + "\n")
            }
            output.flush()
            // Cleared before and not after: a Ctrl-C behind the line's end is meant for the command.
            Interruption.clear()
            switch editor.read(prompt) {
            case .interrupt: interpreter.abandonBlock()
            case .endOfFile:
                output.write("quit\n")
                transcript?.typed("quit", behind: prompt)
                return .passed
            case .lines(let lines):
                for line in lines {
                    // So that each pasted line's output stands below it.
                    if lines.count > 1 { output.write(prompt + line + "\n") }
                    transcript?.typed(line, behind: prompt)
                    if case .quit(let status) = interpreter.execute(typed: line) { return status }
                    if Interruption.isPending { break }
                    // What was to be its block is not for the prompt.
                    if interpreter.hasRefusedHead && lines.count > 1 {
                        interpreter.abandonBlock()
                        show("The rest of what was pasted is left out.\n")
                        break
                    }
                }
            }
        }
    }

    private func runOnLines(_ input: LineSource, _ first: () -> Interpreter.Outcome) -> ExitStatus {
        var worst = ExitStatus.passed
        if let status = readInitFile() { return status }
        switch first() {
        case .done: break
        case .ended(let status): worst = status
        case .quit(let status): return status
        }
        while true {
            output.flush()
            // A terminal whose output goes elsewhere: the prompt is for the person, not for the pipe.
            if input.isTerminal {
                Interruption.clear()
                tellPerson(prompt)
            }
            let line = input.next()
            if Interruption.isPending {
                guard input.isTerminal else { return .interrupted }
                interpreter.abandonBlock()
                tellPerson("\n")
                continue
            }
            guard let line else {
                if input.isTerminal { tellPerson("quit\n") }
                if case .ended(let status) = interpreter.endOfInput(), worst == .passed { return status }
                return worst
            }
            transcript?.typed(line, behind: prompt)
            switch interpreter.execute(typed: line) {
            case .done: break
            case .ended(.interrupted) where !input.isTerminal: return .interrupted
            case .ended(let status): if worst == .passed { worst = status }
            case .quit(let status): return status == .passed ? worst : status
            }
        }
    }

    /// What stands before what is typed: another one while a block waits for its `end`.
    private var prompt: String {
        interpreter.openBlocks == 0 ? "(kvmdbg) " : String(repeating: "  ", count: interpreter.openBlocks - 1) + ">"
    }

    /// Shows what no command says.
    private func show(_ text: String) {
        output.write(text)
        transcript?.text(text)
    }

    private func tellPerson(_ text: String) {
        errors.write(text)
        errors.flush()
    }

    /// Carries out the init file, if there is one. A failure is told and does not end the session.
    private func readInitFile() -> ExitStatus? {
        guard options.readsInitFile,
            let folder = Environment.userFolder("XDG_CONFIG_HOME", fallback: ".config")
        else { return nil }
        let path = Path.join(folder, "init.kdbg")
        guard Files.exists(path) else { return nil }
        let outcome: Interpreter.Outcome
        do { outcome = interpreter.execute(try Script(path: path, interpreter.parsing)) } catch {
            outcome = interpreter.tell(error.error, of: error.text)
        }
        var hasFailed = false
        if case .ended = outcome { hasFailed = true }
        recorder?.note("source", file: path, hasFailed: hasFailed)
        if case .quit(let status) = outcome { return status }
        return nil
    }
}
