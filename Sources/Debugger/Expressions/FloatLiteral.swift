import CNumbers

/// A C floating-point literal, decimal (`1.5`, `.5`, `2e-3`) or hexadecimal (`0x1.8p3`), with `f` behind it for an f32.
struct FloatLiteral {
    let bits: UInt64
    let type: FloatType

    /// Whether `text`, which begins as a number, is meant as a floating-point number rather than as an integer.
    static func isMeant(by text: ArraySlice<UInt8>) -> Bool {
        if text.contains(UInt8(ascii: ".")) { return true }
        if isHexadecimal(text) { return text.contains { $0 | 0x20 == UInt8(ascii: "p") } }
        guard let exponent = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return false }
        return text[..<exponent].allSatisfy { (digitValue($0) ?? 10) < 10 }
    }

    /// Whether a `+` or `-` behind `text` belongs to it, as the sign of an exponent.
    static func takesSign(_ text: ArraySlice<UInt8>) -> Bool {
        guard let last = text.last else { return false }
        if isHexadecimal(text) { return last | 0x20 == UInt8(ascii: "p") }
        return last | 0x20 == UInt8(ascii: "e") && isMeant(by: text)
    }

    private static func isHexadecimal(_ text: ArraySlice<UInt8>) -> Bool {
        text.first == UInt8(ascii: "0") && text.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    }

    /// Reads `text`, whose indices are the offsets that errors name.
    init(_ text: ArraySlice<UInt8>) throws(ExpressionError) {
        let whole = SourceSpan(text.startIndex, text.endIndex)
        var rest = text
        let isHexadecimal = Self.isHexadecimal(text)
        if isHexadecimal { rest = rest.dropFirst(2) }
        var digits = Self.takeDigits(&rest, radix: isHexadecimal ? 16 : 10)
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            digits += Self.takeDigits(&rest, radix: isHexadecimal ? 16 : 10)
        }
        guard digits > 0 else { throw ExpressionError("This number has no digits.", at: whole) }
        let mark = UInt8(ascii: isHexadecimal ? "p" : "e")
        if let first = rest.first, first | 0x20 == mark {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard Self.takeDigits(&rest, radix: 10) > 0 else {
                throw ExpressionError("The exponent of this number has no digits.", at: whole)
            }
        } else if isHexadecimal {
            throw ExpressionError(
                "A hexadecimal floating-point number needs its exponent, a power of two: 0x1.8p3 is 12.", at: whole)
        }
        let end = rest.startIndex
        let suffix = rest.map { $0 | 0x20 }
        guard suffix.isEmpty || suffix == [UInt8(ascii: "f")] else {
            throw ExpressionError(
                "This is not a suffix of a floating-point number: only F is, for an f32.",
                at: SourceSpan(end, text.endIndex))
        }
        type = suffix.isEmpty ? .f64 : .f32
        let characters = String(decoding: text[..<end], as: UTF8.self)
        let number = type == .f32 ? Double(numbers_parse_single(characters)) : numbers_parse(characters)
        guard number.isFinite else {
            throw ExpressionError("This number is too large for \(type.description).", at: whole)
        }
        bits = type.bits(number)
    }

    /// Takes the digits that `rest` begins with; how many there are.
    private static func takeDigits(_ rest: inout ArraySlice<UInt8>, radix: UInt8) -> Int {
        let start = rest.startIndex
        while let byte = rest.first, let digit = digitValue(byte), digit < radix { rest = rest.dropFirst() }
        return rest.startIndex - start
    }
}
