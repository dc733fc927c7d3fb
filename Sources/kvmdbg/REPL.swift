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

    /// Reads and carries out commands until the end. Without a terminal, a command that failed shows in the status.
    func run() -> ExitStatus {
        let input = LineSource(descriptor: 0)
        let isTerminal = input.isTerminal && output.isTerminal
        let status = isTerminal ? runOnTerminal() : runOnLines(input)
        interpreter.context.session.kill()
        interpreter.context.report.finish()
        return output.failure == nil ? status : .failed
    }

    private func runOnTerminal() -> ExitStatus {
        let context = interpreter.context
        let editor = LineEditor(completer: Completer(table: interpreter.parsing.table, session: context.session))
        context.typedLines = { editor.lines }
        if !options.isQuiet {
            output.write("kvmdbg \(version). \"help\" lists the commands; GPL-3.0-or-later, no warranty.\n")
        }
        if let problem = editor.historyProblem { output.write(problem + "\n") }
        if let status = readInitFile() { return status }
        while true {
            output.flush()
            switch editor.read("(kvmdbg) ") {
            case .interrupt: Interruption.clear()
            case .endOfFile:
                output.write("quit\n")
                return .passed
            case .line(let line):
                Interruption.clear()
                if case .quit(let status) = interpreter.execute(typed: line) { return status }
            }
        }
    }

    private func runOnLines(_ input: LineSource) -> ExitStatus {
        if let status = readInitFile() { return status }
        var worst = ExitStatus.passed
        while true {
            output.flush()
            // A terminal whose output goes elsewhere: the prompt is for the person, not for the pipe.
            if input.isTerminal {
                errors.write("(kvmdbg) ")
                errors.flush()
            }
            guard let line = input.next() else {
                return Interruption.isPending ? .interrupted : worst
            }
            switch interpreter.execute(typed: line, repeats: input.isTerminal) {
            case .done: break
            case .ended(let status): if worst == .passed { worst = status }
            case .quit(let status): return status == .passed ? worst : status
            }
            Interruption.clear()
        }
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
        if case .quit(let status) = outcome { return status }
        return nil
    }
}
