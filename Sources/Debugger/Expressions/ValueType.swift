import Types

/// The type of a value, or of what a pointer points to.
public indirect enum ValueType: Equatable, Sendable {
    /// Bytes of unknown type. Only a pointer's target; such pointers count bytes.
    case void
    /// Instructions. Only a pointer's target; such pointers count bytes.
    case code
    /// An integer.
    case integer(IntegerType)
    /// A floating-point number.
    case float(FloatType)
    /// A guest-virtual address, 64 bits wide.
    case pointer(to: ValueType)
    /// A type of the guest's program, of which its type information tells.
    case described(CType)

    /// The size in bytes: 1, 2, 4 or 8, but for a described type; 0 for a described type that has no size, or nothing in it.
    public var byteCount: Int {
        switch self {
        case .void, .code: return 1
        case .integer(let type): return type.byteCount
        case .float(let type): return type.byteCount
        case .pointer: return 8
        case .described(let type): return type.byteCount ?? 0
        }
    }

    /// By how many bytes a pointer to the type moves when 1 is added to it; at least 1.
    public var stride: Int { max(1, byteCount) }

    /// Whether a value of the type is a number or a pointer, which can be computed with and set.
    public var isReadable: Bool {
        switch self {
        case .integer, .float, .pointer: return true
        case .void, .code: return false
        case .described(let type): return type.isScalar
        }
    }

    /// The name in expressions: "u32 *", "struct task_struct *"; "code" has none there and is shown as such.
    public var description: String {
        switch self {
        case .void: return "void"
        case .code: return "code"
        case .integer(let type): return type.description
        case .float(let type): return type.description
        case .described(let type): return type.declaration()
        case .pointer(var target):
            var stars = "*"
            while case .pointer(let next) = target {
                stars += "*"
                target = next
            }
            if case .described(let type) = target { return type.declaration(ofPointer: stars) }
            return target.description + " " + stars
        }
    }
}

extension CType {
    /// The integer that a value of the type is; nil for what is none.
    var integerType: IntegerType? {
        switch shape {
        case .integer(let byteCount, let isSigned), .enumeration(let byteCount, let isSigned):
            return IntegerType.unsigned(byteCount: UInt64(byteCount)).map { isSigned ? .signed(as: $0) : $0 }
        case .boolean(let byteCount): return .unsigned(byteCount: UInt64(byteCount))
        default: return nil
        }
    }

    /// Whether a value of the type is a number or a pointer.
    var isScalar: Bool {
        switch shape {
        case .integer, .enumeration, .boolean, .float, .pointer: return true
        case .void, .large, .array, .composite, .function, .incomplete: return false
        }
    }

    /// The type of the elements of an array; nil for any other type.
    var element: CType? {
        if case .array(let element, _) = shape { return element }
        return nil
    }

    /// Whether it has members.
    var isComposite: Bool {
        if case .composite = shape { return true }
        return false
    }
}
