import Debugger

/// `if EXPRESSION` behind a location; parsed when the breakpoint is set.
struct Condition {
    /// As it was written, and as the engine takes it.
    let parsed: (text: String, expression: Expression)

    /// Takes `if EXPRESSION`; nil where nothing is left. Throws `.syntax`.
    init?(_ arguments: inout Arguments, _ context: ParseContext) throws(CommandError) {
        guard let (word, span) = arguments.takeWord() else { return nil }
        guard word == "if" else { throw .syntax("\"if CONDITION\" is expected here.", span) }
        try self.init(expression: &arguments, context)
    }

    /// Takes the rest as the condition. Throws `.syntax`, also for an assignment, which is most often meant as a comparison.
    init(expression arguments: inout Arguments, _ context: ParseContext) throws(CommandError) {
        let span = arguments.restSpan
        let text = arguments.rest
        let expression = try context.expression(&arguments)
        if expression.hasAssignment { throw .syntax("This assigns. To compare, write == .", span) }
        parsed = (text, expression)
    }
}

/// `condition NUMBER [EXPRESSION]`.
enum ConditionCommand {
    static var command: Command {
        Command(
            name: "condition", aliases: ["cond"], group: .breakpoints,
            usage: ["condition NUMBER EXPRESSION", "condition NUMBER"],
            summary: "Let a breakpoint stop the guest only where an expression is true",
            help: """
                The expression is parsed now and evaluated each time that the guest comes to the breakpoint. One that cannot be
                evaluated then stops the guest. Without an expression the breakpoint has no condition any more.
                """,
            completion: .breakpoints, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let number = try BreakpointNumbers.takeOne(&arguments)
            let condition = arguments.isEmpty ? nil : try Condition(expression: &arguments, parsing)
            return { (context) throws(CommandError) in
                try number.apply(context) { (session, number) throws(DebuggerError) in
                    try session.setCondition(number, condition?.parsed)
                }
                if condition == nil { context.line("Breakpoint \(number.first) stops the guest always now.") }
            }
        }
    }
}
