import Debugger
import Guest
import Reports

/// `expect EXPR`: what makes a script a test.
enum Expect {
    static var command: Command {
        Command(
            name: "expect", group: .testing,
            usage: [
                "expect EXPRESSION", "expect EXPRESSION ~ /REGEX/", "expect stop REASON [at LOCATION] [within T]",
                "expect console \"TEXT\" [within T]", "expect console /REGEX/ [within T]",
                "expect error [/REGEX/] COMMAND", "expect output /REGEX/ COMMAND",
            ],
            summary: "Fail unless a value, a string, a stop, the console or a command is as said",
            help: """
                Holds when EXPRESSION has a value other than zero; otherwise it fails, shows the values on both sides of a
                comparison, and ends a script with exit status 1. With ~, EXPRESSION is a string, or the guest's address of one,
                and holds when the regular expression matches something in it; an i behind the second slash ignores case. "help
                expect stop", "help expect console", "help expect error" and "help expect output" tell of the other forms.
                """,
            completion: .expressions,
            subcommands: [ExpectStop.command, ExpectConsole.command, ExpectError.command, ExpectOutput.command],
            hasExactSubcommands: true
        ) { (arguments, parsing) throws(CommandError) in
            let text = arguments.text
            if let match = try ExpectMatch(&arguments, parsing) {
                return { (context) throws(CommandError) in
                    try match.check(context)
                    context.passed(text)
                }
            }
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                let outcome = try context.asking { (session) throws(ExpressionError) in
                    try expression.compare(in: session)
                }
                if outcome.isTrue {
                    context.passed(text)
                } else {
                    throw .expectation(
                        "This does not hold.", details: details(outcome, of: text, context) + context.stopDetails())
                }
            }
        }
    }

    /// Each operand as it is written, with its value.
    private static func details(
        _ outcome: ComparisonOutcome, of text: String, _ context: Context
    ) -> [(name: String, value: String)] {
        outcome.operands.map { (operand) in
            let written = Array(text.utf8)[operand.span.start..<min(operand.span.end, text.utf8.count)]
            return (String(decoding: written, as: UTF8.self), context.bothForms(operand.value))
        }
    }
}

extension Context {
    /// A value in hexadecimal and decimal, with the symbol at an address: "0x80000010 (2147483664) <main+4>".
    func bothForms(_ value: Value) -> String {
        if case .float(let bits, _) = value { return "\(text(of: value)) (\(hex(bits)))" }
        guard let bits = value.bits else { return text(of: value) }
        var decimal = "\(bits)"
        if value.isEnumerator { return "\(text(of: value)) (\(hex(bits)))" }
        if value.isSigned { decimal = "\(Int64(bitPattern: bits))" }
        var text = "\(hex(bits)) (\(decimal))"
        if case .pointer(let address, _) = value, let symbol = session.symbolText(address) { text += " <\(symbol)>" }
        return text
    }

    /// What makes random numbers come again, where any were taken.
    func seedDetails() -> [(name: String, value: String)] {
        session.random.isUsed ? [("seed", "\(session.random.seed)")] : []
    }

    /// Why and where the guest stands, for the report of a failure.
    func stopDetails() -> [(name: String, value: String)] {
        guard let stop = session.stop else { return [("stop", "there is no guest")] }
        return [("stop", session.sentence(of: stop, at: plainAddressText(stop.pc)))]
    }
}
