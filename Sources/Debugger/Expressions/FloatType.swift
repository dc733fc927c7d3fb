/// A floating-point type of the guest: single or double precision (IEEE 754, binary32 and binary64).
public enum FloatType: Equatable, Sendable {
    /// Single precision; C's `float`.
    case f32
    /// Double precision; C's `double`.
    case f64

    /// The width in bytes: 4 or 8.
    public var byteCount: Int { self == .f32 ? 4 : 8 }

    /// The name in expressions: "f32", "f64".
    public var description: String { self == .f32 ? "f32" : "f64" }

    /// The bits that the type has.
    var mask: UInt64 { self == .f32 ? 0xFFFF_FFFF : .max }

    /// The number whose representation in this type is `bits`. Every f32 is an f64 too.
    func number(_ bits: UInt64) -> Double {
        self == .f32 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
    }

    /// The representation in this type of the number that is nearest to `number`.
    func bits(_ number: Double) -> UInt64 {
        self == .f32 ? UInt64(Float(number).bitPattern) : number.bitPattern
    }

    /// The value in a 64-bit floating-point register that holds `bits` of this type: an f32 is NaN-boxed, that is, the upper
    /// half is all ones (unprivileged specification, "NaN Boxing of Narrower Values").
    func boxed(_ bits: UInt64) -> UInt64 { self == .f32 ? bits & mask | ~mask : bits }

    /// The type of what `bits` of a 64-bit floating-point register hold: f32 if they are a NaN-boxed single.
    public static func held(in bits: UInt64) -> FloatType { bits >> 32 == 0xFFFF_FFFF ? .f32 : .f64 }
}
