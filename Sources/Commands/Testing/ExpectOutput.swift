import Debugger
import Reports

/// `expect output /REGEX/ COMMAND`: what a command says.
enum ExpectOutput {
    static var command: Command {
        Command(
            name: "output", group: .testing,
            usage: ["expect output /REGEX/ COMMAND"],
            summary: "Fail unless what a command says is as told",
            help: """
                Carries out COMMAND, which must not fail, and holds when REGEX matches something in the text that it shows. The
                guest's console is not part of that text.
                """,
            completion: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let text = arguments.text
            let pattern = try arguments.takePattern()
            let nested = try NestedCommand(&arguments, parsing)
            return { (context) throws(CommandError) in
                let (said, error) = nested.carryOut(context)
                if let error { throw error }
                guard try pattern.matches(said) else {
                    throw .expectation(
                        "What the command says does not match.",
                        details: [("pattern", pattern.text), ("output", shown(said, context))])
                }
                context.passed(text)
            }
        }
    }

    /// The text as one line, of a long one the beginning.
    private static func shown(_ said: [UInt8], _ context: Context) -> String {
        let limit = 1000
        let text = context.text(of: .string([UInt8](said.prefix(limit))))
        return said.count > limit ? "\(text)... (\(said.count) bytes)" : text
    }
}
