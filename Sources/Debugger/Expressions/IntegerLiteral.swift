/// A C integer literal: decimal, `0x` hexadecimal, `0b` binary, `0` octal; with `U`, `L`, `LL` behind it.
///
/// The type is i64, or u64 when there is a `U` or the value needs bit 63. (C's `int` and `unsigned int` do not occur:
/// arithmetic is 64 bits wide.)
struct IntegerLiteral {
    let bits: UInt64
    let type: IntegerType

    /// Reads `text`, which begins with a digit and whose indices are the offsets that errors name.
    init(_ text: ArraySlice<UInt8>) throws(ExpressionError) {
        let whole = SourceSpan(text.startIndex, text.endIndex)
        let (radix, name, digits) = Self.radix(of: text)
        let suffix = digits.lastIndex { !Self.isSuffixLetter($0) }.map { digits.index(after: $0) } ?? digits.startIndex
        guard suffix > digits.startIndex else {
            throw ExpressionError("Digits are missing behind this prefix.", at: whole)
        }
        var bits: UInt64 = 0
        var isTooLarge = false
        for index in digits.startIndex..<suffix {
            guard let digit = digitValue(text[index]), digit < radix else {
                throw ExpressionError("This is not \(name) digit.", at: Self.character(at: index, of: text))
            }
            let (product, overflow) = bits.multipliedReportingOverflow(by: UInt64(radix))
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            bits = sum
            isTooLarge = isTooLarge || overflow || carry
        }
        if isTooLarge {
            throw ExpressionError("This number does not fit 64 bits: the largest is 0xffffffffffffffff.", at: whole)
        }
        let isUnsigned = try Self.isUnsigned(suffix: digits[suffix...])
        self.bits = bits
        type = isUnsigned || bits > UInt64(Int64.max) ? .u64 : .i64
    }

    private static func radix(
        of text: ArraySlice<UInt8>
    ) -> (radix: UInt8, name: String, digits: ArraySlice<UInt8>) {
        guard text.first == UInt8(ascii: "0"), let second = text.dropFirst().first else {
            return (10, "a decimal", text)
        }
        switch second | 0x20 {
        case UInt8(ascii: "x"): return (16, "a hexadecimal", text.dropFirst(2))
        case UInt8(ascii: "b"): return (2, "a binary", text.dropFirst(2))
        default: return (8, "an octal", text)
        }
    }

    private static func isSuffixLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 == UInt8(ascii: "u") || byte | 0x20 == UInt8(ascii: "l")
    }

    private static func isUnsigned(suffix: ArraySlice<UInt8>) throws(ExpressionError) -> Bool {
        switch String(decoding: suffix.map { $0 | 0x20 }, as: UTF8.self) {
        case "", "l", "ll": return false
        case "u", "ul", "ull", "lu", "llu": return true
        default:
            throw ExpressionError(
                "This is not a suffix of a number: U, L, UL, LL and ULL are.",
                at: SourceSpan(suffix.startIndex, suffix.endIndex))
        }
    }

    /// The whole UTF-8 character whose first byte is at `index`.
    private static func character(at index: Int, of text: ArraySlice<UInt8>) -> SourceSpan {
        var end = index + 1
        while end < text.endIndex, text[end] & 0xC0 == 0x80 { end += 1 }
        return SourceSpan(index, end)
    }
}
