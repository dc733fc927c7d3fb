import Debugger
import Guest

/// `watch EXPR [if COND]`, and the common part of its kin.
enum Watch {
    static var command: Command {
        command(
            .change, "Stop the guest when a value in memory changes",
            """
            Stops the guest when the value in memory that the expression stands for changes: a symbol, {TYPE}ADDRESS, *POINTER or
            ARRAY[INDEX]. Its place is found out once, now; -location, which asks for just that in GDB, may stand in front. With a
            condition the guest stops only where that is true. The old and the new value are shown, and the instruction that stored
            it; pc is behind that instruction. The guest runs at full speed, but for its stores to the page that the value
            lies in: a plain one costs an exit, one that KVM cannot decode (floating point, atomic, misaligned) some registers
            more and three lines in the host's kernel log, a vector store a step. Breakpoints and watchpoints share their
            numbers: delete, enable, disable, condition, ignore and commands are for both.
            """)
    }

    static func command(_ kind: Watchpoint.Kind, _ summary: String, _ help: String) -> Command {
        let name = kind.command
        return Command(
            name: name, group: .breakpoints,
            usage: ["\(name) EXPRESSION", "\(name) EXPRESSION if CONDITION"],
            summary: summary, help: help, completion: .expressions, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            if let word = arguments.peekWord(), word == "-location" || word == "-l" { _ = arguments.takeWord() }
            if arguments.isEmpty { throw .syntax("What is to be watched is missing.", arguments.restSpan) }
            let (text, span) = arguments.takeRest(before: ["if"])
            let watched = try parsing.expression(at: span, of: arguments.text)
            if watched.hasAssignment { throw .syntax("An assignment cannot be watched.", watched.span) }
            let condition = try Condition(&arguments, parsing)
            return { (context) throws(CommandError) in
                let watchpoint = try context.engine { (session) throws(DebuggerError) in
                    try session.setWatchpoint(kind, watched, text: text, condition: condition?.parsed)
                }
                context.line("Watchpoint \(watchpoint.number): \(text)")
                if case .pending(let why) = watchpoint.state { context.line("  pending: \(why)") }
            }
        }
    }
}
