import Debugger
import Reports

/// `expect error [/REGEX/] COMMAND`: that a command fails.
enum ExpectError {
    static var command: Command {
        Command(
            name: "error", group: .testing,
            usage: ["expect error [/REGEX/] COMMAND"],
            summary: "Fail unless a command fails",
            help: """
                Carries out COMMAND and holds when it fails, with a message that REGEX matches, where one is given. The message is
                shown. A command that was defined, and "source", fail with the first of their lines that does. Ctrl-C, and what
                the host lacks, end a script here as anywhere.
                """,
            completion: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let text = arguments.text
            let pattern = arguments.isAtPattern ? try arguments.takePattern() : nil
            let nested = try NestedCommand(&arguments, parsing)
            return { (context) throws(CommandError) in
                guard let error = nested.failure(context) else {
                    throw .expectation("The command did not fail.", details: context.stopDetails())
                }
                let message = try message(error, context)
                context.line(message)
                if let pattern, try !pattern.matches(Array(message.utf8)) {
                    throw .expectation(
                        "The command failed for another reason.",
                        details: [("pattern", pattern.text), ("failure", message)] + context.stopDetails())
                }
                context.passed(text)
            }
        }
    }

    /// What a command's failure says. Throws what is none.
    private static func message(_ error: CommandError, _ context: Context) throws(CommandError) -> String {
        guard context.isExpectable(error) else { throw error }
        switch error {
        case .failed(let message, _), .expectation(let message, _), .syntax(let message, _), .timedOut(let message, _):
            return message
        case .script, .ended, .unavailable, .interrupted, .quit: throw error
        }
    }
}
