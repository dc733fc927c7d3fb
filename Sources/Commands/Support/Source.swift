import Debugger

/// `source FILE`: another script.
enum Source {
    static var command: Command {
        Command(
            name: "source", group: .support,
            usage: ["source FILE [EXPRESSION…]"],
            summary: "Carry out the commands in a file",
            help: """
                Carries out the commands in FILE, which is parsed as a whole first. The first one that fails ends it, and the
                script that sources it. In a script, FILE is relative to the script; a name with blanks stands in double quotes. The
                expressions are $arg0, $arg1 and so on in FILE, and $argc says how many there are. Scripts can be nested 32 deep.
                """,
            completion: .files, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let start = arguments.position
            let path = parsing.path(try arguments.takeFileWord("The script's name"))
            let span = SourceSpan(start, arguments.position)
            let expressions = try parsing.expressions(&arguments)
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
                try context.withArguments(expressions) { () throws(CommandError) in
                    let outcome = context.carryOut(script)
                    if outcome != .done { throw .ended(outcome) }
                }
            }
        }
    }
}
