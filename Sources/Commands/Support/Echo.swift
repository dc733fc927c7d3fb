import Debugger
import Reports

/// `echo TEXT`: text as it stands.
enum Echo {
    static var command: Command {
        Command(
            name: "echo", group: .support,
            usage: ["echo TEXT"],
            summary: "Show a text",
            help: """
                Shows TEXT with C's escapes: \\n is a new line, of which none is added. Double
                quotes around all of TEXT are left out.
                """
        ) { (arguments, _) throws(CommandError) in
            var (text, span) = arguments.takeRest()
            if text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\""), text.utf8.last == UInt8(ascii: "\"") {
                text = String(text.dropFirst().dropLast())
                span = SourceSpan(span.start + 1, span.end - 1)
            }
            let shown: [UInt8]
            do throws(ExpressionError) { shown = try Escapes.resolve(text, at: span.start) } catch {
                throw .syntax(error.message, error.span)
            }
            return { (context) throws(CommandError) in context.text(String(decoding: shown, as: UTF8.self)) }
        }
    }
}
