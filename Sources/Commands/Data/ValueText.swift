import Debugger
import Guest

extension Context {
    /// A value as `print` shows it.
    func text(of value: Value, _ format: PrintFormat? = nil) -> String {
        value.formatted(format) { self.session.symbolText($0) }
    }
}

extension ParseContext {
    /// The format behind the slash of `print/x`: one letter, or none. Throws `.syntax`.
    func format(_ arguments: Arguments) throws(CommandError) -> PrintFormat? {
        guard let text = arguments.format else { return nil }
        guard text.utf8.count == 1, let letter = text.unicodeScalars.first else {
            throw .syntax("The format is one of the letters d u x o t c a z: print/x.", arguments.formatSpan)
        }
        do { return try PrintFormat(letter: letter) } catch { throw .syntax(error.message, arguments.formatSpan) }
    }
}
