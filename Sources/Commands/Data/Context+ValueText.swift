import Debugger
import Guest

extension Context {
    /// A value as `print` shows it.
    func text(of value: Value, _ format: PrintFormat? = nil, isPadded: Bool = false) -> String {
        var text = ValueText(format)
        text.isPadded = isPadded
        text.symbol = { self.session.symbolText($0) }
        text.string = { try? GuestString.read(at: .virtual($0), limit: ValueText.elementLimit + 1, in: self.session) }
        return text.text(of: value)
    }
}

extension ParseContext {
    /// The format behind the slash of `print/x`: one letter, or none. Throws `.syntax`.
    func format(_ arguments: Arguments) throws(CommandError) -> PrintFormat? {
        guard let text = arguments.format else { return nil }
        if text.utf8.contains(where: { "0123456789bhwg".utf8.contains($0) }) {
            throw .syntax(
                "A number and a size are for memory, as in x/4xw; a value is shown in one of the formats d u x o t c a z.",
                arguments.formatSpan)
        }
        guard text.utf8.count == 1, let letter = text.unicodeScalars.first else {
            throw .syntax("The format is one of the letters d u x o t f c a z: print/x.", arguments.formatSpan)
        }
        do { return try PrintFormat(letter: letter) } catch { throw .syntax(error.message, arguments.formatSpan) }
    }
}
