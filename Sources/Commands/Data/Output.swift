import Debugger
import Guest
import Reports

/// `output[/FORMAT] EXPR`: a value and nothing else.
enum Output {
    static var command: Command {
        Command(
            name: "output", group: .data,
            usage: ["output EXPRESSION", "output/FORMAT EXPRESSION"],
            summary: "Show the value of an expression, without a new line and without keeping it",
            help: """
                Shows the value as "print" does, but with nothing before it, no new line behind it, and without putting it
                into the value history: for scripts that make lines of their own, with "echo".
                """,
            takesFormat: true, completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let format = try parsing.format(arguments)
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                context.text(context.text(of: try context.evaluate(expression), format))
            }
        }
    }
}
