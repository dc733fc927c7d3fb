import Debugger
import Reports

/// `quit [STATUS]`: the end.
enum Quit {
    static var command: Command {
        Command(
            name: "quit", aliases: ["q", "exit"], group: .support,
            usage: ["quit", "quit STATUS"],
            summary: "End the session",
            help: "Ends the guest and kvmdbg, with the exit status that the expression STATUS has (0 to 255), else 0.",
            completion: .expressions, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let span = arguments.restSpan
            let expression = arguments.isEmpty ? nil : try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                guard let expression else { throw .quit(.passed) }
                guard let bits = try context.evaluate(expression).bits, bits <= 255 else {
                    throw .failed("An exit status is a number from 0 to 255.", span)
                }
                throw .quit(ExitStatus(Int32(bits)))
            }
        }
    }
}
