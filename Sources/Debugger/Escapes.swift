/// C's escapes in a text.
public enum Escapes {
    /// The bytes of the string literal whose opening quote is the byte `offset` of `text`, and the offset behind its closing one.
    public static func literal(at offset: Int, of text: String) throws(ExpressionError) -> (bytes: [UInt8], end: Int) {
        let literal = try EscapedText(literalAt: offset, of: Array(text.utf8))
        return (literal.bytes, literal.end)
    }

    /// The bytes of `text` with the escapes replaced; `offset` is where it stands in its command. Throws for an escape that C
    /// does not have.
    public static func resolve(_ text: String, at offset: Int) throws(ExpressionError) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        var literal = [quote]
        var isEscaped = false
        for byte in text.utf8 {
            if byte == quote && !isEscaped { literal.append(UInt8(ascii: "\\")) }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            literal.append(byte)
        }
        if isEscaped {
            throw ExpressionError("This escape is not complete.", at: SourceSpan(offset, offset + text.utf8.count))
        }
        literal.append(quote)
        do { return try EscapedText(literalAt: 0, of: literal).bytes } catch {
            throw ExpressionError(error.message, at: SourceSpan(offset, offset + text.utf8.count))
        }
    }
}
