import Guest

/// What an expression yields. Floating-point and vector values will be further cases.
public enum Value: Equatable, Sendable {
    /// An integer: its bits, extended to 64 by the type's sign, and the type. `Value(_:_:)` extends them.
    case integer(UInt64, IntegerType)
    /// A guest-virtual address and the type of what is there.
    case pointer(GuestVirtualAddress, to: ValueType)
    /// A guest-physical address and the type of what is there.
    case physical(GuestPhysicalAddress, to: ValueType)
    /// The bytes of a string, without a terminating NUL; not necessarily UTF-8.
    case string([UInt8])
    /// No value: what a variable is before it was set.
    case void

    /// The integer of type `type` in the low bits of `bits`.
    public init(_ bits: UInt64, _ type: IntegerType) { self = .integer(type.extended(bits), type) }

    /// 1 for true and 0 for false, as C's comparisons yield them.
    public init(_ truth: Bool) { self = .integer(truth ? 1 : 0, .i64) }

    /// The 64 bits of an integer, extended by its sign, or of an address; nil for a string and for no value.
    public var bits: UInt64? {
        switch self {
        case .integer(let bits, _): return bits
        case .pointer(let address, _): return address.value
        case .physical(let address, _): return address.value
        case .string, .void: return nil
        }
    }

    /// The address that the value is: virtual, unless it was made by `phys:`; nil for what is no number.
    public var address: GuestAddress? {
        if case .physical(let address, _) = self { return .physical(address) }
        return bits.map { .virtual(GuestVirtualAddress($0)) }
    }

    /// The pointer to what `location` is.
    init(pointingTo location: MemoryLocation) {
        switch location.address {
        case .virtual(let address): self = .pointer(address, to: location.type)
        case .physical(let address): self = .physical(address, to: location.type)
        }
    }
}

/// A value that can be computed with.
enum Scalar {
    /// Bits extended to 64 by the type's sign.
    case integer(UInt64, IntegerType)
    case pointer(UInt64, to: ValueType)
    /// A pointer into guest-physical memory.
    case physical(UInt64, to: ValueType)

    init?(_ value: Value) {
        switch value {
        case .integer(let bits, let type): self = .integer(bits, type)
        case .pointer(let address, let target): self = .pointer(address.value, to: target)
        case .physical(let address, let target): self = .physical(address.value, to: target)
        case .string, .void: return nil
        }
    }

    /// The 64 bits of the integer, extended by its sign, or of the address.
    var bits: UInt64 {
        switch self {
        case .integer(let bits, _), .pointer(let bits, _), .physical(let bits, _): return bits
        }
    }

    /// Whether arithmetic with it is signed: all integers but u64, as C would convert them to a 64-bit `int`.
    var isSigned: Bool {
        if case .integer(_, let type) = self { return type != .u64 }
        return false
    }

    /// The value as `type`, as C's casts convert: the low bits are kept. The types that only pointers have as their target
    /// give their address. A physical address stays one under a pointer type.
    func converted(to type: ValueType) -> Value {
        if case .physical(let address, _) = self, case .pointer(let target) = type {
            return .physical(GuestPhysicalAddress(address), to: target)
        }
        switch type {
        case .integer(let type): return Value(bits, type)
        case .pointer(let target): return .pointer(GuestVirtualAddress(bits), to: target)
        case .void, .code: return .pointer(GuestVirtualAddress(bits), to: type)
        }
    }
}
