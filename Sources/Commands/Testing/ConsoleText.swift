import Debugger
import Host

/// What a console is expected to say: a text as it stands, or a regular expression.
enum ConsoleText {
    case text([UInt8], written: String)
    case pattern(Pattern)

    /// As it was written.
    var written: String {
        switch self {
        case .text(_, let written): return written
        case .pattern(let pattern): return pattern.text
        }
    }

    /// Looks for it in `bytes` from the offset `from` on. Where more bytes will come (`isOpen`), nothing is taken for the end.
    /// Throws `.failed`.
    func find(in bytes: [UInt8], from: Int, isOpen: Bool) throws(CommandError) -> Pattern.Finding {
        switch self {
        case .pattern(let pattern): return try pattern.find(in: bytes, from: from, isOpen: isOpen)
        case .text(let text, _):
            let offset = bytes.withUnsafeBytes { bytes in
                text.withUnsafeBytes { ByteSearch.offset(of: $0, in: UnsafeRawBufferPointer(rebasing: bytes[from...])) }
            }
            if let offset { return .match(from + offset..<from + offset + text.count) }
            // All of it but one byte may be there.
            return .begun(max(from, bytes.count - text.count + 1))
        }
    }
}

extension Arguments {
    /// Takes `"TEXT"`, with C's escapes, or `/REGEX/`. Throws `.syntax`.
    mutating func takeConsoleText() throws(CommandError) -> ConsoleText {
        if isAtPattern { return .pattern(try takePattern()) }
        guard rest.utf8.first == UInt8(ascii: "\"") else {
            throw .syntax(
                "A text in double quotes, or a regular expression between slashes, is expected here.", restSpan)
        }
        let (bytes, span) = try takeLiteral()
        if bytes.isEmpty { throw .syntax("This text is empty.", span) }
        return .text(bytes, written: String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self))
    }

    /// Takes the literal in double quotes that comes next: what it stands for by C's escapes, and where it stands. Throws `.syntax`.
    mutating func takeLiteral() throws(CommandError) -> (bytes: [UInt8], span: SourceSpan) {
        let start = position
        do throws(ExpressionError) {
            let (bytes, end) = try Escapes.literal(at: start, of: text)
            skip(to: end)
            return (bytes, SourceSpan(start, end))
        } catch { throw .syntax(error.message, error.span) }
    }
}
