import Debugger
import Guest

/// `expect EXPR ~ /REGEX/`: what a string is like.
struct ExpectMatch {
    private let expression: Expression
    private let pattern: Pattern
    /// The expression as it is written.
    private let written: String

    /// Takes the rest of the arguments, if it is a match; else takes nothing. Throws `.syntax`.
    init?(_ arguments: inout Arguments, _ parsing: ParseContext) throws(CommandError) {
        let text = arguments.text
        // What is wrong with the expression is told by whoever takes it as one.
        guard let (expression, end) = try? Expression.prefix(of: text, from: arguments.position) else { return nil }
        let bytes = Array(text.utf8)
        guard end < bytes.count, bytes[end] == UInt8(ascii: "~") else { return nil }
        parsing.check?.saw(expression)
        self.expression = expression
        written = String(decoding: bytes[expression.span.start..<expression.span.end], as: UTF8.self)
        arguments.skip(to: end + 1)
        pattern = try arguments.takePattern()
    }

    /// Throws `.expectation` unless the string matches, and `.failed` for what is no string.
    func check(_ context: Context) throws(CommandError) {
        let bytes = try string(context)
        if try pattern.matches(bytes) { return }
        throw .expectation(
            "This string does not match.",
            details: [(written, context.text(of: .string(bytes))), ("pattern", pattern.text)] + context.stopDetails())
    }

    private func string(_ context: Context) throws(CommandError) -> [UInt8] {
        let value = try context.evaluate(expression)
        if let bytes = value.text { return bytes }
        guard let address = value.address else {
            throw .failed("This is neither a string nor the guest's address of one.", expression.span)
        }
        do throws(EvaluationFailure) { return try GuestString.read(at: address, in: context.session) } catch {
            throw .failed(error.message, expression.span)
        }
    }
}
