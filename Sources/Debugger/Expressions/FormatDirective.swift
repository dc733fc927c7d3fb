/// One `%…` of a format string, as C's `printf` has them.
struct FormatDirective: Sendable {
    enum Conversion: Equatable, Sendable {
        /// `%d`, `%i`
        case signed
        /// `%u`
        case unsigned
        /// `%x`
        case hexadecimal
        /// `%X`
        case upperHexadecimal
        /// `%o`
        case octal
        /// `%f`, `%F`, `%e`, `%E`, `%g`, `%G`, `%a`, `%A`: the letter.
        case floatingPoint(UInt8)
        /// `%c`
        case character
        /// `%s`
        case string
        /// `%p`
        case pointer
    }

    var conversion: Conversion
    var isLeft = false
    var isZeroPadded = false
    var isAlternate = false
    var hasPlus = false
    var hasSpace = false
    /// The least number of bytes that it yields.
    var width = 0
    var precision: Int?
    /// The type that a length modifier converts to first: i8 for `hh`, i16 for `h`, i64 for `l` and the like. Without one a
    /// number keeps the type that it has: no digits are lost, whatever its size.
    var length: IntegerType?
    /// Where it stands in the text.
    var span: SourceSpan

    /// The largest width and precision.
    private static let widthLimit = 4096

    /// Reads the directive whose `%` is at the index `position` of `text`, and moves `position` behind it; nil for `%%`.
    static func parse(_ text: EscapedText, at position: inout Int) throws(ExpressionError) -> FormatDirective? {
        let start = position
        position += 1
        func span(_ end: Int) -> SourceSpan { text.spans[start].through(text.spans[min(end, text.spans.count) - 1]) }
        var directive = FormatDirective(conversion: .signed, span: span(position))
        directive.flags(text.bytes, &position)
        directive.width = try number(text.bytes, &position) { span($0) } ?? 0
        if position < text.bytes.count, text.bytes[position] == UInt8(ascii: ".") {
            position += 1
            directive.precision = try number(text.bytes, &position) { span($0) } ?? 0
        }
        let hasLength = directive.readLength(text.bytes, &position)
        guard position < text.bytes.count else {
            throw ExpressionError(
                "This `%` has no conversion behind it; for a percent sign write `%%`.", at: span(position))
        }
        let letter = text.bytes[position]
        position += 1
        directive.span = span(position)
        if letter == UInt8(ascii: "%") && position == start + 2 { return nil }
        directive.conversion = try conversion(letter, directive.span)
        try directive.check(hasLength: hasLength)
        return directive
    }

    private mutating func flags(_ bytes: [UInt8], _ position: inout Int) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "-"): isLeft = true
            case UInt8(ascii: "0"): isZeroPadded = true
            case UInt8(ascii: "#"): isAlternate = true
            case UInt8(ascii: "+"): hasPlus = true
            case UInt8(ascii: " "): hasSpace = true
            default: return
            }
            position += 1
        }
    }

    private static func number(
        _ bytes: [UInt8], _ position: inout Int, span: (Int) -> SourceSpan
    ) throws(ExpressionError) -> Int? {
        if position < bytes.count, bytes[position] == UInt8(ascii: "*") {
            throw ExpressionError(
                "A width or precision of `*` is not supported; write the number.", at: span(position + 1))
        }
        var value: Int?
        while position < bytes.count, let digit = digitValue(bytes[position]), digit < 10 {
            value = min((value ?? 0) * 10 + Int(digit), widthLimit + 1)
            position += 1
        }
        if let value, value > widthLimit {
            throw ExpressionError("A width or precision is at most \(widthLimit).", at: span(position))
        }
        return value
    }

    private mutating func readLength(_ bytes: [UInt8], _ position: inout Int) -> Bool {
        func isNext(_ letter: Unicode.Scalar) -> Bool {
            position < bytes.count && bytes[position] == UInt8(ascii: letter)
        }
        if isNext("h") {
            position += 1
            length = isNext("h") ? .i8 : .i16
            if length == .i8 { position += 1 }
        } else if isNext("l") {
            position += 1
            length = .i64
            if isNext("l") { position += 1 }
        } else if isNext("j") || isNext("z") || isNext("t") {
            position += 1
            length = .i64
        }
        return length != nil
    }

    private static func conversion(_ letter: UInt8, _ span: SourceSpan) throws(ExpressionError) -> Conversion {
        switch letter {
        case UInt8(ascii: "d"), UInt8(ascii: "i"): return .signed
        case UInt8(ascii: "u"): return .unsigned
        case UInt8(ascii: "x"): return .hexadecimal
        case UInt8(ascii: "X"): return .upperHexadecimal
        case UInt8(ascii: "o"): return .octal
        case UInt8(ascii: "c"): return .character
        case UInt8(ascii: "s"): return .string
        case UInt8(ascii: "p"): return .pointer
        case UInt8(ascii: "n"):
            throw ExpressionError("`%n` stores a count, which `printf` here does not do.", at: span)
        case UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "g"),
            UInt8(ascii: "G"), UInt8(ascii: "a"), UInt8(ascii: "A"):
            return .floatingPoint(letter)
        default:
            throw ExpressionError(
                "This is no conversion; there are %d %i %u %x %X %o %f %e %g %a %c %s %p, and %% for a percent sign.",
                at: span)
        }
    }

    /// Refuses what C leaves undefined.
    private func check(hasLength: Bool) throws(ExpressionError) {
        let isNumber: Bool
        switch conversion {
        case .character, .string, .pointer: isNumber = false
        case .floatingPoint where hasLength && length != .i64:
            throw ExpressionError("A floating-point conversion takes no length, or `l`.", at: span)
        default: isNumber = true
        }
        if !isNumber && (hasLength || isZeroPadded || isAlternate || hasPlus || hasSpace) {
            throw ExpressionError("%c, %s and %p take only `-` and a width, %s also a precision.", at: span)
        }
        if precision != nil, !isNumber, conversion != .string {
            throw ExpressionError("%c and %p take no precision.", at: span)
        }
    }
}
