import Debugger
import Guest
import Reports

/// `display[/FMT] [EXPR]`: shown again at each stop.
enum Display {
    static var command: Command {
        Command(
            name: "display", group: .data,
            usage: ["display EXPRESSION", "display/FORMAT EXPRESSION", "display/NFU EXPRESSION", "display"],
            summary: "Show the value of an expression now and at each stop",
            help: """
                Shows the value of EXPRESSION now, and again each time that the guest stops; without an EXPRESSION, shows all
                displays once. FORMAT is a letter of print's. With the letters i or s, with a number, or with a size, memory is
                shown as by x: display/i $pc, display/4xw $sp. An expression that has no value now, because there is no
                guest or its page is not mapped, is shown with the reason and stays. Displays stay over run, kill and load.
                "undisplay" takes them away, "info display" lists them.
                """,
            takesFormat: true, completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            guard !arguments.isEmpty else {
                if arguments.format != nil {
                    throw .syntax("An expression is missing: display/x $a0.", arguments.restSpan)
                }
                return { (context) throws(CommandError) in context.showDisplays() }
            }
            let form = try DisplayForm(arguments, parsing)
            let text = arguments.rest
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                let item = context.displays.add(expression, text: text, form)
                context.show(item)
            }
        }
    }
}

/// How a display shows its expression: as `print` does, or as `x` does.
enum DisplayForm {
    case value(PrintFormat?)
    case memory(ExamineState)

    /// From the letters behind the slash of `display/4xw`. Throws `.syntax`.
    init(_ arguments: Arguments, _ parsing: ParseContext) throws(CommandError) {
        guard let text = arguments.format else {
            self = .value(nil)
            return
        }
        let isMemory = text.utf8.contains { "0123456789bhwgis".utf8.contains($0) }
        if isMemory {
            self = .memory(try ExamineFormat(arguments).applied(to: ExamineState()))
        } else {
            self = .value(try parsing.format(arguments))
        }
    }
}
