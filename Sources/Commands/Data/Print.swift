import Debugger
import Guest

/// `print[/FORMAT] [EXPR]`: the value of an expression.
enum Print {
    static var command: Command {
        Command(
            name: "print", aliases: ["p", "inspect"], group: .data,
            usage: ["print EXPRESSION", "print/FORMAT EXPRESSION", "print"],
            summary: "Show the value of an expression",
            help: """
                Shows the value and keeps it in the value history as $1, $2 and so on; $ is the last one. Without an
                expression the last value is shown again. FORMAT is one letter: d signed, u unsigned, x hexadecimal,
                o octal, t binary, f floating point, c character, a address with symbol, z hexadecimal with leading zeros. An expression is
                written as in C, with registers ($pc, $a0), convenience variables ($name), symbols, {u32}ADDRESS and
                *(u32 *)ADDRESS; kdbg(5) has all of it.
                """,
            takesFormat: true, completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let format = try parsing.format(arguments)
            guard !arguments.isEmpty else {
                return { (context) throws(CommandError) in
                    guard let value = context.session.history.last else {
                        throw .failed("No value was shown yet.", nil)
                    }
                    show(value, format, context)
                }
            }
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                show(try context.evaluate(expression), format, context)
            }
        }
    }

    private static func show(_ value: Value, _ format: PrintFormat?, _ context: Context) {
        let text = context.text(of: value, format)
        if value == .void {
            context.line(text)
        } else {
            context.line("$\(context.session.remember(value)) = \(text)")
        }
    }
}
