import Debugger

/// `stepi [COUNT]`: one instruction.
enum Stepi {
    static var command: Command {
        Command(
            name: "stepi", aliases: ["si", "step", "s"], group: .running,
            usage: ["stepi [COUNT]"],
            summary: "Execute one instruction, or COUNT",
            help: """
                Executes COUNT instructions, or fewer where a breakpoint or anything else stops the guest, and shows the one that
                comes next. A sequence from LR to SC is one step, since a stop in it would make the SC fail. An instruction that
                raises an exception leads to the guest's handler; the step says which exception it was. No interrupt is
                taken meanwhile, unless "set step-interrupts follow" was said. A wfi waits for an interrupt for a second at most,
                and it is said when none came. A load from the bytes that come next reads the breakpoint that ends the step.
                """,
            parse: parser(over: false))
    }

    /// Parses what follows `stepi` and `nexti`.
    static func parser(over: Bool) -> (inout Arguments, ParseContext) throws(CommandError) -> Action {
        { (arguments, parsing) throws(CommandError) in
            let count = try StepCount(&arguments, parsing)
            return { (context) throws(CommandError) in
                let number = try count.value(context)
                try context.resume { (session) throws(DebuggerError) in try session.step(number, over: over) }
            }
        }
    }
}

/// `nexti [COUNT]`: one instruction, a call with all that it does.
enum Nexti {
    static var command: Command {
        Command(
            name: "nexti", aliases: ["ni", "next", "n"], group: .running,
            usage: ["nexti [COUNT]"],
            summary: "Execute one instruction, or COUNT, with the functions that they call",
            help: """
                As "stepi", but a call (jal or jalr with ra or t0; from U-mode also ecall) is one step with all that it does: the
                guest runs until it is behind the call with the same stack. Breakpoints in there stop it.
                """,
            parse: Stepi.parser(over: true))
    }
}

/// How often to do something: an expression, 1 where nothing is written.
struct StepCount {
    private let expression: Expression?

    /// Takes the rest as the count. Throws `.syntax`.
    init(_ arguments: inout Arguments, _ parsing: ParseContext) throws(CommandError) {
        expression = arguments.isEmpty ? nil : try parsing.expression(&arguments)
    }

    /// The number. Throws `.failed`.
    func value(_ context: Context) throws(CommandError) -> UInt64 {
        guard let expression else { return 1 }
        guard let bits = try context.evaluate(expression).bits, bits <= UInt64(Int64.max) else {
            throw .failed("This is no number of times.", expression.span)
        }
        return bits
    }
}
