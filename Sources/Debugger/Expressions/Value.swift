import Guest

/// What an expression yields.
public enum Value: Equatable, Sendable {
    /// An integer: its bits, extended to 64 by the type's sign, and the type. `Value(_:_:)` extends them.
    case integer(UInt64, IntegerType)
    /// A floating-point number: its representation in the type, zero-extended. Two NaNs with the same bits are equal here,
    /// unlike in an expression.
    case float(UInt64, FloatType)
    /// A guest-virtual address and the type of what is there.
    case pointer(GuestVirtualAddress, to: ValueType)
    /// A guest-physical address and the type of what is there.
    case physical(GuestPhysicalAddress, to: ValueType)
    /// The elements of a vector register or of a list.
    case vector(VectorValue)
    /// The bytes of a string, without a terminating NUL; not necessarily UTF-8.
    case string([UInt8])
    /// No value: what a variable is before it was set.
    case void

    /// The integer of type `type` in the low bits of `bits`.
    public init(_ bits: UInt64, _ type: IntegerType) { self = .integer(type.extended(bits), type) }

    /// 1 for true and 0 for false, as C's comparisons yield them.
    public init(_ truth: Bool) { self = .integer(truth ? 1 : 0, .i64) }

    /// The value of type `type` whose bits in memory or in a register are `bits`; a pointer where `type` is the target of
    /// pointers only.
    public init(representation bits: UInt64, _ type: ValueType) {
        switch type {
        case .integer(let type): self = Value(bits, type)
        case .float(let type): self = .float(bits & type.mask, type)
        case .pointer(let target): self = .pointer(GuestVirtualAddress(bits), to: target)
        case .void, .code: self = .pointer(GuestVirtualAddress(bits), to: type)
        }
    }

    /// The 64 bits of an integer, extended by its sign, or of an address; nil for anything else.
    public var bits: UInt64? {
        switch self {
        case .integer(let bits, _): return bits
        case .pointer(let address, _): return address.value
        case .physical(let address, _): return address.value
        case .float, .vector, .string, .void: return nil
        }
    }

    /// The bits that a number or an address has in memory, extended to 64 by its sign; nil for anything else.
    public var representation: UInt64? {
        if case .float(let bits, _) = self { return bits }
        return bits
    }

    /// The address that the value is: virtual, unless it was made by `phys:`; nil for what is no integer or address.
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
