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
                instruction is back in its memory at once.
                """,
            completion: .breakpoints, repetition: .never
        ) { (arguments, _) throws(CommandError) in
            if arguments.peekWord() == "breakpoints" { _ = arguments.takeWord() }
            var numbers: [(number: Int, span: SourceSpan)] = []
            while let (word, span) = arguments.takeWord() {
                guard let number = Number.parse(word).flatMap({ Int(exactly: $0) }) else {
                    throw .syntax("\"\(word)\" is not the number of a breakpoint.", span)
                }
                numbers.append((number, span))
            }
            return { (context) throws(CommandError) in
                if numbers.isEmpty {
                    try context.engine { (session) throws(DebuggerError) in try session.deleteAllBreakpoints() }
                }
                for (number, span) in numbers {
                    do throws(DebuggerError) { try context.session.deleteBreakpoint(number) } catch {
                        throw .failed(error.message, span)
                    }
                }
            }
        }
    }
}
