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

    /// The size in bytes, which is the step of a pointer to the type: 1, 2, 4 or 8.
    public var byteCount: Int {
        switch self {
        case .void, .code: return 1
        case .integer(let type): return type.byteCount
        case .float(let type): return type.byteCount
        case .pointer: return 8
        }
    }

    /// The name in expressions: "u32 *"; "code" has none there and is shown as such.
    public var description: String {
        switch self {
        case .void: return "void"
        case .code: return "code"
        case .integer(let type): return type.description
        case .float(let type): return type.description
        case .pointer(.pointer(let target)): return ValueType.pointer(to: target).description + "*"
        case .pointer(let target): return target.description + " *"
        }
    }
}
