/// The inside of a string or character literal: its bytes with the C escapes replaced, and where each came from.
struct EscapedText: Sendable {
    /// The bytes.
    private(set) var bytes: [UInt8] = []
    /// For each byte the place in the text that yielded it.
    private(set) var spans: [SourceSpan] = []
    /// The offset behind the closing quote.
    private(set) var end: Int

    /// Reads the literal whose opening quote, `"` or `'`, is at the offset `start` of `source`. Throws for a literal that is
    /// not closed on its line and for an escape that C does not have.
    init(literalAt start: Int, of source: [UInt8]) throws(ExpressionError) {
        let quote = source[start]
        var position = start + 1
        while true {
            guard position < source.count, source[position] != UInt8(ascii: "\n") else {
                let name = quote == UInt8(ascii: "'") ? "character" : "string"
                let closing = quote == UInt8(ascii: "'") ? "'" : "\""
                throw ExpressionError(
                    "This \(name) literal is not closed: a \(closing) is missing.", at: SourceSpan(start, position))
            }
            let byte = source[position]
            if byte == quote { break }
            let first = position
            position += 1
            let value = byte == UInt8(ascii: "\\") ? try Self.escape(in: source, from: &position) : byte
            bytes.append(value)
            spans.append(SourceSpan(first, position))
        }
        end = position + 1
    }

    /// The byte of the escape whose backslash is before `position`, which is moved behind it.
    private static func escape(in source: [UInt8], from position: inout Int) throws(ExpressionError) -> UInt8 {
        let start = position - 1
        guard position < source.count else {
            throw ExpressionError("This escape is not complete.", at: SourceSpan(start, position))
        }
        let letter = source[position]
        position += 1
        switch letter {
        case UInt8(ascii: "a"): return 7
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "v"): return 11
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "e"): return 27
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"): return letter
        case UInt8(ascii: "x"): return try number(in: source, from: &position, start: start, radix: 16, limit: .max)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            return try number(in: source, from: &position, start: start, radix: 8, limit: 3)
        default:
            while position < source.count, source[position] & 0xC0 == 0x80 { position += 1 }
            throw ExpressionError(
                "This is not an escape: \\a \\b \\e \\f \\n \\r \\t \\v \\\\ \\' \\\" \\? \\101 (octal) and \\x41 are.",
                at: SourceSpan(start, position))
        }
    }

    /// The byte that at most `limit` digits from `position` on give; `start` is where the escape begins.
    private static func number(
        in source: [UInt8], from position: inout Int, start: Int, radix: UInt8, limit: Int
    ) throws(ExpressionError) -> UInt8 {
        let first = position
        var value = 0
        while position < source.count, position - first < limit, let digit = digitValue(source[position]), digit < radix
        {
            value = min(value * Int(radix) + Int(digit), 256)
            position += 1
        }
        let span = SourceSpan(start, position)
        guard position > first else { throw ExpressionError("\\x needs a hexadecimal digit, as in \\x41.", at: span) }
        guard let byte = UInt8(exactly: value) else {
            throw ExpressionError("This escape is more than a byte holds: \\377 and \\xff are the largest.", at: span)
        }
        return byte
    }

    /// `byte` as it stands in a literal between two `quote`: itself if it is printable ASCII, else its escape. Bytes without a
    /// letter of their own are shown in octal, `\033`, as GDB shows them.
    static func escaped(_ byte: UInt8, quote: UInt8) -> String {
        switch byte {
        case quote, UInt8(ascii: "\\"): return "\\" + ascii(byte)
        case 0x20..<0x7F: return ascii(byte)
        case 7: return "\\a"
        case 8: return "\\b"
        case 9: return "\\t"
        case 10: return "\\n"
        case 11: return "\\v"
        case 12: return "\\f"
        case 13: return "\\r"
        default:
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        }
    }

    private static func ascii(_ byte: UInt8) -> String { String(Character(Unicode.Scalar(byte))) }
}

/// The value of an ASCII digit or letter as a digit, 0 to 35; nil for anything else.
func digitValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return byte - UInt8(ascii: "A") + 10
    default: return nil
    }
}
