import Guest
import Types

/// A value that can be computed with.
enum Scalar {
    /// Bits extended to 64 by the type's sign.
    case integer(UInt64, IntegerType)
    /// The representation in the type.
    case float(UInt64, FloatType)
    case pointer(UInt64, to: ValueType)
    /// A pointer into guest-physical memory.
    case physical(UInt64, to: ValueType)

    init?(_ value: Value) {
        switch value {
        case .integer(let bits, let type): self = .integer(bits, type)
        case .float(let bits, let type): self = .float(bits, type)
        case .pointer(let address, let target): self = .pointer(address.value, to: target)
        case .physical(let address, let target): self = .physical(address.value, to: target)
        case .described(let bits, let type): self = .integer(bits, type.integerType ?? .u64)
        case .object(let object):
            // As in C, an array is where its first element is.
            guard let element = object.type.element, let address = object.address else { return nil }
            self = Scalar(pointingTo: MemoryLocation(address: address, type: .described(element)))
        case .vector, .string, .void: return nil
        }
    }

    /// The pointer to what `location` is.
    init(pointingTo location: MemoryLocation) {
        self =
            location.address.isPhysical
            ? .physical(location.address.value, to: location.type) : .pointer(location.address.value, to: location.type)
    }

    /// Whether it counts as true: anything but zero, a NaN too.
    var isTrue: Bool {
        switch self {
        case .integer(let bits, _), .pointer(let bits, _), .physical(let bits, _): return bits != 0
        case .float(let bits, let type): return type.number(bits) != 0
        }
    }

    /// Whether it is a floating-point number.
    var isFloat: Bool {
        if case .float = self { return true }
        return false
    }

    /// Whether integer arithmetic with it is signed: all integers but u64, as C would convert them to a 64-bit `int`.
    var isSigned: Bool {
        if case .integer(_, let type) = self { return type != .u64 }
        return false
    }

    /// Its type.
    var type: ValueType {
        switch self {
        case .integer(_, let type): return .integer(type)
        case .float(_, let type): return .float(type)
        case .pointer(_, let target), .physical(_, let target): return .pointer(to: target)
        }
    }

    /// The number, rounded to double precision; of an address, the address.
    var number: Double {
        switch self {
        case .integer(let bits, _) where isSigned: return Double(Int64(bitPattern: bits))
        case .integer(let bits, _), .pointer(let bits, _), .physical(let bits, _): return Double(bits)
        case .float(let bits, let type): return type.number(bits)
        }
    }

    /// The number, rounded once to single precision; of an address, the address.
    var single: Float {
        switch self {
        case .integer(let bits, _) where isSigned: return Float(Int64(bitPattern: bits))
        case .integer(let bits, _), .pointer(let bits, _), .physical(let bits, _): return Float(bits)
        case .float(let bits, let type): return Float(type.number(bits))
        }
    }

    /// The 64 bits as an integer: those of the integer, extended by its sign; the address; a floating-point number as i64.
    var bits: UInt64 {
        switch self {
        case .integer(let bits, _), .pointer(let bits, _), .physical(let bits, _): return bits
        case .float(let bits, let type): return IntegerType.i64.truncated(type.number(bits))
        }
    }

    /// The value as `type`, as C's casts convert. Of an integer the low bits are kept. A floating-point number is cut off
    /// towards zero; one that the integer type cannot hold becomes the nearest that it can, a NaN the largest, as the hardware's
    /// `fcvt` has it. The types that only pointers have as their target give their address. A physical
    /// address stays one under a pointer type.
    func converted(to type: ValueType) -> Value {
        if case .described(let type) = type { return converted(to: type) }
        if case .physical(let address, _) = self, case .pointer(let target) = type {
            return .physical(GuestPhysicalAddress(address), to: target)
        }
        switch (self, type) {
        case (.float(let bits, let own), .float(let type)):
            return .float(own == type ? bits : type.bits(own.number(bits)), type)
        case (_, .float(.f32)): return .float(UInt64(single.bitPattern), .f32)
        case (_, .float(.f64)): return .float(number.bitPattern, .f64)
        case (.float(let bits, let own), .integer(let type)):
            return .integer(type.truncated(own.number(bits)), type)
        default: return Value(representation: bits, type)
        }
    }

    private func converted(to type: CType) -> Value {
        switch type.shape {
        case .pointer(let target): return converted(to: .pointer(to: .described(target)))
        case .float(let byteCount): return converted(to: .float(byteCount == 4 ? .f32 : .f64))
        case .boolean: return .described(isTrue ? 1 : 0, type)
        default:
            guard let integer = type.integerType else { return Value(bits, described: type) }
            return .described(converted(to: .integer(integer)).bits ?? 0, type)
        }
    }
}

extension IntegerType {
    /// The integer of this type that is nearest to `number` cut off towards zero; the largest for a NaN. Extended to 64 bits by
    /// its sign.
    func truncated(_ number: Double) -> UInt64 {
        let valueBits = UInt64(bitWidth - (isSigned ? 1 : 0))
        let largest = UInt64.max >> (64 - valueBits)
        // The least power of two that is too large.
        let limit = 2 * Double(1 << (valueBits - 1) as UInt64)
        if number.isNaN || number >= limit { return largest }
        if !isSigned { return number < 1 ? 0 : UInt64(number) }
        // Here -limit, which the type has, or less.
        if number <= -limit { return ~largest }
        return UInt64(bitPattern: Int64(number))
    }
}
