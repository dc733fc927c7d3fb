import Debugger

/// `ignore NUMBER COUNT`: let hits pass.
enum Ignore {
    static var command: Command {
        Command(
            name: "ignore", group: .breakpoints,
            usage: ["ignore NUMBER COUNT"],
            summary: "Let a breakpoint pass so many times",
            help: """
                The next COUNT hits of the breakpoint do not stop the guest; they are counted as hits. COUNT is an expression;
                0 has the next hit stop it.
                """,
            completion: .breakpoints, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let number = try BreakpointNumbers.takeOne(&arguments)
            let count = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                guard let bits = try context.evaluate(count).bits else {
                    throw .failed("This is no number.", count.span)
                }
                try number.apply(context) { (session, number) throws(DebuggerError) in
                    try session.setIgnoreCount(number, bits)
                }
                let times = bits == 1 ? "once" : "\(bits) times"
                context.line(
                    bits == 0
                        ? "The breakpoint stops the guest at its next hit."
                        : "The breakpoint lets the guest pass \(times).")
            }
        }
    }
}
