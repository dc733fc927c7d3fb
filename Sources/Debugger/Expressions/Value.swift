import Guest
import Types

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
    /// An integer, truth value or enumerator of a type of the guest's program: its bits, extended to 64 by the type's sign.
    case described(UInt64, CType)
    /// A structure, union or array of the guest's program.
    case object(ObjectValue)
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
        case .described(let type): self = Value(bits, described: type)
        }
    }

    /// The number or pointer of type `type` in the low bits of `bits`; a pointer where a value of the type is neither.
    init(_ bits: UInt64, described type: CType) {
        switch type.shape {
        case .float(let byteCount):
            let type: FloatType = byteCount == 4 ? .f32 : .f64
            self = .float(bits & type.mask, type)
        case .pointer(let target): self = .pointer(GuestVirtualAddress(bits), to: .described(target))
        case .integer, .boolean, .enumeration:
            self = .described(type.integerType?.extended(bits) ?? bits, type)
        case .void, .large, .array, .composite, .function, .incomplete:
            self = .pointer(GuestVirtualAddress(bits), to: .described(type))
        }
    }

    /// The 64 bits of an integer, extended by its sign, or of an address; nil for anything else.
    public var bits: UInt64? {
        switch self {
        case .integer(let bits, _), .described(let bits, _): return bits
        case .pointer(let address, _): return address.value
        case .physical(let address, _): return address.value
        case .float, .vector, .string, .object, .void: return nil
        }
    }

    /// The bits that a number or an address has in memory, extended to 64 by its sign; nil for anything else.
    public var representation: UInt64? {
        if case .float(let bits, _) = self { return bits }
        return bits
    }

    /// The address that the value is: virtual, unless it was made by `phys:`; of a structure or an array, where it was read; nil
    /// for what is no integer or address.
    public var address: GuestAddress? {
        if case .object(let object) = self { return object.address }
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

    /// The type, as `whatis` shows it.
    public var typeDescription: String {
        switch self {
        case .integer(_, let type): return type.description
        case .float(_, let type): return type.description
        case .pointer(_, let target), .physical(_, let target): return ValueType.pointer(to: target).description
        case .vector(let vector): return "\(vector.element.description) [\(vector.count)]"
        case .string(let bytes): return "char [\(bytes.count + 1)]"
        case .described(_, let type): return type.declaration()
        case .object(let object): return object.type.declaration()
        case .void: return "void"
        }
    }

    /// Whether it is an integer, also one of the guest's own types.
    public var isInteger: Bool {
        switch self {
        case .integer, .described: return true
        default: return false
        }
    }

    /// Whether it is an integer of a signed type.
    public var isSigned: Bool {
        switch self {
        case .integer(_, let type): return type.isSigned
        case .described(_, let type): return type.integerType?.isSigned == true
        default: return false
        }
    }

    /// Whether it is one of an enumeration, or a truth value.
    public var isEnumerator: Bool {
        guard case .described(_, let type) = self else { return false }
        switch type.shape {
        case .enumeration, .boolean: return true
        default: return false
        }
    }
}
