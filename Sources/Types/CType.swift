import CBPF

/// A type of the program, as its type information has it. What is damaged in there yields types of which nothing is known,
/// never a loop without end.
public struct CType: Equatable, Sendable {
    /// What it is part of.
    public let information: TypeInformation
    let id: UInt32

    init(_ information: TypeInformation, _ id: UInt32) {
        self.information = information
        self.id = id
    }

    /// Whether both are the same type of the same type information.
    public static func == (left: CType, right: CType) -> Bool {
        left.information === right.information && left.id == right.id
    }

    /// What a type is underneath its names and qualifiers.
    public enum Shape: Sendable {
        /// `void`, and what is damaged.
        case void
        /// An integer of 1, 2, 4 or 8 bytes.
        case integer(byteCount: Int, isSigned: Bool)
        /// `_Bool`, of 1, 2, 4 or 8 bytes.
        case boolean(byteCount: Int)
        /// A floating-point number of 4 or 8 bytes.
        case float(byteCount: Int)
        /// A number that is too large to compute with.
        case large(byteCount: Int)
        /// A pointer of 8 bytes.
        case pointer(to: CType)
        /// So many elements of one type; 0 also for an array that the program does not give a length.
        case array(of: CType, count: Int)
        /// A structure or a union, with `members`.
        case composite(isUnion: Bool)
        /// An enumeration of 1, 2, 4 or 8 bytes, with `enumerators`.
        case enumeration(byteCount: Int, isSigned: Bool)
        /// A function.
        case function
        /// A structure, union or enumeration that is declared only.
        case incomplete
    }

    /// The type without the names of typedefs and without qualifiers.
    public var resolved: CType {
        var type = self
        for _ in 0..<Self.depth {
            guard let next = type.renamed else { return type }
            type = next
        }
        return CType(information, 0)
    }

    /// What a typedef or a qualified type stands for; nil for any other.
    public var renamed: CType? {
        switch kind {
        case BTF_KIND_TYPEDEF, BTF_KIND_CONST, BTF_KIND_VOLATILE, BTF_KIND_RESTRICT, BTF_KIND_TYPE_TAG: return target
        default: return nil
        }
    }

    /// What it is underneath its names.
    public var shape: Shape { resolved.ownShape }

    /// How many bytes it has; nil for what has no size, as `void` and what is declared only.
    public var byteCount: Int? {
        let size = btf__resolve_size(information.handle, id)
        return size >= 0 && id != 0 ? Int(size) : nil
    }

    /// Whether it is an array of characters, or a character: an integer of one byte that is no truth value.
    public var isCharacter: Bool {
        if case .integer(1, _) = shape { return true }
        return false
    }

    /// The name without a keyword; nil for a type without one.
    public var name: String? {
        guard let raw else { return nil }
        return information.string(raw.pointee.name_off)
    }

    /// The keyword before the name of a structure, union or enumeration; nil for any other type.
    public var keyword: TypeKeyword? {
        switch kind {
        case BTF_KIND_STRUCT: return .structure
        case BTF_KIND_UNION: return .union
        case BTF_KIND_ENUM, BTF_KIND_ENUM64: return .enumeration
        case BTF_KIND_FWD: return raw.map { btf_kflag($0) } == true ? .union : .structure
        default: return nil
        }
    }

    /// How many types are gone through from one to the next at most.
    static var depth: Int { 32 }

    /// The structure of libbpf. It lives as long as the type information.
    var raw: UnsafePointer<btf_type>? { btf__type_by_id(information.handle, id) }

    var kind: Int { raw.map { Int(btf_kind($0)) } ?? BTF_KIND_UNKN }

    /// The type that a pointer, typedef, qualifier or function refers to.
    var target: CType { CType(information, raw?.pointee.type ?? 0) }

    private var ownShape: Shape {
        guard let raw else { return .void }
        let size = Int(raw.pointee.size)
        switch kind {
        case BTF_KIND_INT:
            guard Self.isNumber(size) else { return .large(byteCount: size) }
            let encoding = Int(btf_int_encoding(raw))
            if encoding & Int(BTF_INT_BOOL) != 0 { return .boolean(byteCount: size) }
            return .integer(byteCount: size, isSigned: encoding & Int(BTF_INT_SIGNED) != 0)
        case BTF_KIND_FLOAT: return size == 4 || size == 8 ? .float(byteCount: size) : .large(byteCount: size)
        case BTF_KIND_PTR: return .pointer(to: target)
        case BTF_KIND_ARRAY:
            let array = btf_array(raw).pointee
            return .array(of: CType(information, array.type), count: Int(array.nelems))
        case BTF_KIND_STRUCT: return .composite(isUnion: false)
        case BTF_KIND_UNION: return .composite(isUnion: true)
        case BTF_KIND_ENUM, BTF_KIND_ENUM64:
            guard Self.isNumber(size) else { return .incomplete }
            return .enumeration(byteCount: size, isSigned: btf_kflag(raw))
        case BTF_KIND_FUNC, BTF_KIND_FUNC_PROTO: return .function
        case BTF_KIND_FWD: return .incomplete
        default: return .void
        }
    }

    private static func isNumber(_ byteCount: Int) -> Bool { [1, 2, 4, 8].contains(byteCount) }
}

extension TypeInformation {
    /// How long a name is shown at most; only a damaged one is longer.
    private static var nameLimit: Int { 1024 }

    /// The string at `offset` of BTF's strings; nil for an empty one. What would steer a terminal becomes "?".
    func string(_ offset: UInt32) -> String? {
        guard let text = btf__str_by_offset(handle, offset), text.pointee != 0 else { return nil }
        var bytes: [UInt8] = []
        // SAFETY: strings of BTF end with a NUL.
        while bytes.count < Self.nameLimit, text[bytes.count] != 0 {
            let byte = UInt8(bitPattern: text[bytes.count])
            bytes.append(byte < 0x20 || byte >= 0x7F ? UInt8(ascii: "?") : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
