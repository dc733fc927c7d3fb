import Debugger

/// `set EXPR`: an assignment.
enum SetCommand {
    static var command: Command {
        Command(
            name: "set", group: .data,
            usage: [
                "set $REGISTER = EXPRESSION", "set $NAME = EXPRESSION", "set {TYPE}ADDRESS = EXPRESSION",
                "set variable …",
            ],
            summary: "Set a register, a convenience variable, or memory",
            help: """
                Carries out an assignment. A register is set by ONE_REG at once. $NAME that is no register is a convenience
                variable and comes to be. Memory is written through the guest's page tables; a breakpoint there stays.
                The operators += -= *= and so on work as in C.
                """,
            completion: .expressions, subcommands: Setting.all.map { $0.setCommand } + [SetConsole.setCommand],
            hasExactSubcommands: true
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.peekWord() == "variable" || arguments.peekWord() == "var" { _ = arguments.takeWord() }
            let span = arguments.restSpan
            let expression = try parsing.expression(&arguments)
            guard expression.hasAssignment else {
                throw .syntax(
                    "An assignment is expected: set $REGISTER = EXPRESSION or set {TYPE}ADDRESS = EXPRESSION.", span)
            }
            return { (context) throws(CommandError) in _ = try context.evaluate(expression) }
        }
    }
}
