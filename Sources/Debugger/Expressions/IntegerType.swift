/// An integer type of the guest: 8 to 64 bits, signed (two's complement) or unsigned.
public struct IntegerType: Equatable, Sendable {
    /// The width in bytes: 1, 2, 4 or 8.
    public let byteCount: Int
    /// Whether the highest bit is the sign.
    public let isSigned: Bool

    private init(_ byteCount: Int, signed: Bool) {
        self.byteCount = byteCount
        self.isSigned = signed
    }

    /// The unsigned 8-bit integer; also C's `char`, which is unsigned on RISC-V (RISC-V ELF psABI, section "C type details").
    public static let u8 = IntegerType(1, signed: false)
    /// The unsigned 16-bit integer.
    public static let u16 = IntegerType(2, signed: false)
    /// The unsigned 32-bit integer.
    public static let u32 = IntegerType(4, signed: false)
    /// The unsigned 64-bit integer.
    public static let u64 = IntegerType(8, signed: false)
    /// The signed 8-bit integer.
    public static let i8 = IntegerType(1, signed: true)
    /// The signed 16-bit integer.
    public static let i16 = IntegerType(2, signed: true)
    /// The signed 32-bit integer.
    public static let i32 = IntegerType(4, signed: true)
    /// The signed 64-bit integer.
    public static let i64 = IntegerType(8, signed: true)

    /// The unsigned type of `byteCount` bytes; nil unless that is 1, 2, 4 or 8.
    public static func unsigned(byteCount: UInt64) -> IntegerType? {
        switch byteCount {
        case 1: return .u8
        case 2: return .u16
        case 4: return .u32
        case 8: return .u64
        default: return nil
        }
    }

    /// The width in bits: 8, 16, 32 or 64.
    public var bitWidth: Int { byteCount * 8 }

    /// The name in expressions: "u8", "i64".
    public var description: String { (isSigned ? "i" : "u") + String(bitWidth) }

    /// The low bits of `bits` that the type holds, zero-extended.
    func masked(_ bits: UInt64) -> UInt64 { bits & (~0 >> UInt64(64 - bitWidth)) }

    /// The low bits of `bits` that the type holds, extended to 64 bits by their sign if the type has one.
    func extended(_ bits: UInt64) -> UInt64 {
        guard isSigned else { return masked(bits) }
        let unused = UInt64(64 - bitWidth)
        return UInt64(bitPattern: Int64(bitPattern: bits << unused) >> Int64(unused))
    }

    /// The signed type as wide as `type`.
    static func signed(as type: IntegerType) -> IntegerType {
        switch type.byteCount {
        case 1: return .i8
        case 2: return .i16
        case 4: return .i32
        default: return .i64
        }
    }
}
