/// Cuts an expression's text into tokens, one at a time: what stands behind an expression is never looked at further than
/// its first word.
struct Lexer {
    let source: [UInt8]
    private var position: Int

    /// A lexer for the UTF-8 bytes `source` from the offset `start` on.
    init(_ source: [UInt8], from start: Int) {
        self.source = source
        position = min(max(start, 0), source.count)
    }

    /// The next token; `.end` for ever behind the last one.
    mutating func next() -> Token {
        while position < source.count, Self.isSpace(source[position]) { position += 1 }
        let start = position
        let kind: Token.Kind
        do throws(ExpressionError) {
            kind = try scan()
        } catch {
            kind = .invalid(error)
            position = max(position, error.span.end)
        }
        return Token(kind: kind, span: SourceSpan(start, position))
    }

    private mutating func scan() throws(ExpressionError) -> Token.Kind {
        guard position < source.count else { return .end }
        let byte = source[position]
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        case UInt8(ascii: ".") where position + 1 < source.count && (digitValue(source[position + 1]) ?? 10) < 10:
            return try number()
        case UInt8(ascii: "\""):
            let text = try EscapedText(literalAt: position, of: source)
            position = text.end
            return .string(text)
        case UInt8(ascii: "'"):
            return try character()
        case UInt8(ascii: "$"):
            return try dollar()
        default:
            if Self.isNameStart(byte) {
                // Compilers name what they split off or clone with dots and dollars: counter.0, foo.part.1.
                let start = position
                skip { Self.isNamePart($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "$") }
                let name = text(from: start)
                if name == "phys", position < source.count, source[position] == UInt8(ascii: ":") {
                    position += 1
                    return .physical
                }
                return .name(name)
            }
            return try mark()
        }
    }

    private mutating func number() throws(ExpressionError) -> Token.Kind {
        let start = position
        skip { Self.isNamePart($0) || $0 == UInt8(ascii: ".") }
        if position < source.count, source[position] == UInt8(ascii: "+") || source[position] == UInt8(ascii: "-"),
            FloatLiteral.takesSign(source[start..<position])
        {
            position += 1
            skip(while: Self.isNamePart)
        }
        let text = source[start..<position]
        if FloatLiteral.isMeant(by: text) {
            let literal = try FloatLiteral(text)
            return .float(literal.bits, literal.type)
        }
        let literal = try IntegerLiteral(text)
        return .integer(literal.bits, literal.type)
    }

    private mutating func character() throws(ExpressionError) -> Token.Kind {
        let start = position
        let text = try EscapedText(literalAt: start, of: source)
        position = text.end
        guard text.bytes.count == 1, let byte = text.bytes.first else {
            throw ExpressionError(
                "A character literal holds one byte, not \(text.bytes.count); a string is written between \".",
                at: SourceSpan(start, position))
        }
        return .integer(UInt64(byte), .u8)
    }

    private mutating func dollar() throws(ExpressionError) -> Token.Kind {
        let start = position
        position += 1
        if position < source.count, Self.isNameStart(source[position]) {
            skip(while: Self.isNamePart)
            // timer.time, v0.u8
            while position + 1 < source.count, source[position] == UInt8(ascii: "."),
                Self.isNamePart(source[position + 1])
            {
                position += 1
                skip(while: Self.isNamePart)
            }
            return .dollar(text(from: start + 1))
        }
        let fromLast = position < source.count && source[position] == UInt8(ascii: "$")
        if fromLast { position += 1 }
        let digits = position
        skip(while: Self.isNamePart)
        guard position > digits else { return .history(.back(fromLast ? 1 : 0)) }
        guard let number = UInt64(text(from: digits), radix: 10) else {
            throw ExpressionError(
                "A value of the history is `$`, `$$`, `$4` or `$$4`; a variable's name begins with a letter or `_`.",
                at: SourceSpan(start, position))
        }
        return .history(fromLast ? .back(number) : .number(number))
    }

    private mutating func mark() throws(ExpressionError) -> Token.Kind {
        let start = position
        for length in [3, 2, 1] where start + length <= source.count {
            position = start + length
            if let mark = Mark(rawValue: text(from: start)) { return .mark(mark) }
        }
        position = start + 1
        throw ExpressionError("This character has no meaning in an expression.", at: SourceSpan(start, position))
    }

    private mutating func skip(while matches: (UInt8) -> Bool) {
        while position < source.count, matches(source[position]) { position += 1 }
    }

    private func text(from start: Int) -> String { String(decoding: source[start..<position], as: UTF8.self) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    /// Letters, `_`, and every byte of a character beyond ASCII, as C and assemblers allow them.
    private static func isNameStart(_ byte: UInt8) -> Bool {
        if let digit = digitValue(byte) { return digit >= 10 }
        return byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || digitValue(byte) != nil }
}
