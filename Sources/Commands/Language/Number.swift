/// Plain numbers among the arguments, where an expression would be too much.
public enum Size {
    /// The bytes that `text` says: a number, perhaps with K, M or G behind it, powers of 1024; nil for anything else.
    public static func parse(_ text: String) -> UInt64? { Number.parseSize(text) }
}

enum Number {
    /// The value of decimal digits, or hexadecimal ones behind `0x`; nil for anything else or what does not fit 64 bits.
    static func parse(_ text: String) -> UInt64? {
        if text.utf8.starts(with: "0x".utf8) || text.utf8.starts(with: "0X".utf8) {
            let digits = text.dropFirst(2)
            return isSigned(digits.utf8.first) ? nil : UInt64(digits, radix: 16)
        }
        return isSigned(text.utf8.first) ? nil : UInt64(text)
    }

    /// The standard library's parsing takes a sign, also before a zero.
    private static func isSigned(_ first: UInt8?) -> Bool { first == UInt8(ascii: "+") || first == UInt8(ascii: "-") }

    /// A size in bytes: a number, perhaps with K, M or G behind it, powers of 1024; nil for anything else.
    static func parseSize(_ text: String) -> UInt64? {
        let shift: UInt64
        switch text.utf8.last {
        case UInt8(ascii: "K"), UInt8(ascii: "k"): shift = 10
        case UInt8(ascii: "M"), UInt8(ascii: "m"): shift = 20
        case UInt8(ascii: "G"), UInt8(ascii: "g"): shift = 30
        default: return parse(text)
        }
        guard let value = parse(String(text.dropLast())), value <= UInt64.max >> shift else { return nil }
        return value << shift
    }
}
