import Debugger

/// `delete [NUMBER…]`: delete breakpoints.
enum Delete {
    static var command: Command {
        Command(
            name: "delete", aliases: ["d", "del"], group: .breakpoints,
            usage: ["delete", "delete [breakpoints] NUMBER…"],
            summary: "Delete breakpoints",
            help: """
                Deletes the breakpoints with these numbers, or all of them without an argument. The guest's own
                instruction is back in its memory at once. 2-4 are the breakpoints 2, 3 and 4.
                """,
            completion: .breakpoints, repetition: .never
        ) { (arguments, _) throws(CommandError) in
            if arguments.peekWord() == "breakpoints" { _ = arguments.takeWord() }
            let numbers = try BreakpointNumbers.takeAll(&arguments)
            return { (context) throws(CommandError) in
                if numbers.isEmpty {
                    try context.engine { (session) throws(DebuggerError) in try session.deleteAllBreakpoints() }
                }
                try numbers.apply(context) { (session, number) throws(DebuggerError) in
                    try session.deleteBreakpoint(number)
                }
            }
        }
    }
}
