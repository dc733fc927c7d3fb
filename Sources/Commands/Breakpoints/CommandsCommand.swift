import Debugger

/// `commands [NUMBER…] … end`: what to do at a breakpoint.
enum CommandsCommand {
    static var command: Command {
        Command(
            name: "commands", aliases: ["comm"], group: .breakpoints,
            usage: ["commands [NUMBER…]"],
            summary: "Give a breakpoint commands to carry out, up to a line \"end\"",
            help: """
                The lines that follow, up to one that says "end", are carried out each time that the breakpoint has stopped the
                guest; without a number, that of the breakpoint that was set last. "silent" as the first has the stop not shown. A
                command that lets the guest run on is the last one that is carried out. No line takes the commands away.
                """,
            completion: .breakpoints, repetition: .never, block: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let numbers = try BreakpointNumbers.takeAll(&arguments)
            let commands = try parsing.block(arguments.block)
            return { (context) throws(CommandError) in
                if numbers.isEmpty {
                    guard let last = context.session.latestBreakpoint else {
                        throw .failed("There is no breakpoint.", nil)
                    }
                    context.breakpointCommands[last] = commands
                }
                for (number, span) in try numbers.numbers(context) {
                    do throws(DebuggerError) { try context.session.requireNumber(number) } catch {
                        throw .failed(error.message, span)
                    }
                    context.breakpointCommands[number] = commands
                }
            }
        }
    }
}

/// `silent`: no word of the stop.
enum Silent {
    static var command: Command {
        Command(
            name: "silent", group: .breakpoints, usage: ["silent"],
            summary: "As the first of a breakpoint's commands: do not show the stop",
            help:
                "Has a stop at the breakpoint not shown. It has a meaning only as the first line behind \"commands\".",
            repetition: .never
        ) { (_, _) throws(CommandError) in
            return { (_) throws(CommandError) in }
        }
    }
}

extension PreparedCommand {
    /// Whether it is `silent`.
    var isSilent: Bool { command.name == "silent" }
}
