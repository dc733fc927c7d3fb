import Debugger

/// `source FILE`: another script.
enum Source {
    static var command: Command {
        Command(
            name: "source", group: .support,
            usage: ["source FILE"],
            summary: "Carry out the commands in a file",
            help: """
                Carries out the commands in FILE, which is parsed as a whole first. The first one that fails ends it, and the
                script that sources it. In a script, FILE is relative to the script. Scripts can be nested 32 deep.
                """,
            completion: .files, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let span = arguments.restSpan
            let path = parsing.path(try arguments.takeFileName("The script's name"))
            if parsing.scripts.contains(path) {
                throw .syntax("\"\(path)\" would source itself without end.", span)
            }
            if parsing.scripts.count >= Script.depthLimit {
                throw .syntax("Scripts are nested more than \(Script.depthLimit) deep.", span)
            }
            let script: Script
            do throws(Script.Problem) { script = try Script(path: path, parsing) } catch {
                // The file itself cannot be read: that is this command's fault, not the script's.
                if error.text.location(of: 0) == nil, case .syntax(let message, _) = error.error {
                    throw .syntax(message, span)
                }
                throw .script(error)
            }
            return { (context) throws(CommandError) in
                let outcome = context.execute(script)
                if outcome != .done { throw .ended(outcome) }
            }
        }
    }
}
