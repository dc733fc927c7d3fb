import CBPF

/// What is known of the types of a program: BTF, read by libbpf. A type is looked at when it is asked for.
public final class TypeInformation: @unchecked Sendable {
    // SAFETY: libbpf changes nothing in it after it was made, and nothing here asks it to.
    let handle: OpaquePointer
    /// Where it is from, for messages: "the section .BTF of \"guest.elf\"".
    public let origin: String
    /// How many bytes it has.
    public let byteCount: UInt64

    /// Reads BTF, of which `bytes` may hold more than there is. Throws every case of `TypeError`.
    public init(_ bytes: [UInt8], origin: String) throws(TypeError) {
        let header = try BTFHeader(bytes, origin: origin)
        // libbpf of Debian 12 does not compare the header's own length with the bytes that there are.
        guard header.totalByteCount <= UInt64(bytes.count) else {
            throw .header(
                origin, "it ends after \(bytes.count) bytes, and its header says that it has \(header.totalByteCount)")
        }
        var error: Int32 = 0
        // SAFETY: libbpf copies the bytes, whose number fits by the limit of the header.
        let parsed = bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.flatMap { cbpf_parse($0, UInt32(header.totalByteCount), &error) }
        }
        guard let parsed else {
            let complaint = String(cString: cbpf_complaint())
            throw .refused(origin, complaint.isEmpty ? "error \(-error)" : complaint)
        }
        handle = parsed
        self.origin = origin
        byteCount = header.totalByteCount
    }

    deinit { btf__free(handle) }

    /// How many types there are, `void` among them.
    public var count: Int { Int(btf__type_cnt(handle)) }

    /// The type that `keyword` and `name` name together: `struct list_head`; without a keyword a typedef or one of the basic
    /// types. A structure that is only declared is found where no definition of it is. nil where there is none. It looks at
    /// all types.
    public func type(_ keyword: TypeKeyword?, named name: String) -> CType? {
        for kind in keyword?.kinds ?? [BTF_KIND_TYPEDEF, BTF_KIND_INT, BTF_KIND_FLOAT] {
            let id = btf__find_by_name_kind(handle, name, UInt32(kind))
            if id > 0 { return CType(self, UInt32(id)) }
        }
        guard let keyword else { return nil }
        let id = btf__find_by_name_kind(handle, name, UInt32(BTF_KIND_FWD))
        guard id > 0 else { return nil }
        let type = CType(self, UInt32(id))
        return type.keyword == keyword ? type : nil
    }

    /// The type of the variable `name`; nil where there is none. It looks at all types.
    public func variable(named name: String) -> CType? {
        let id = btf__find_by_name_kind(handle, name, UInt32(BTF_KIND_VAR as Int))
        return id > 0 ? CType(self, UInt32(id)).target : nil
    }

    /// The enumerator `name`, of whichever enumeration has it first, and its number; nil where none has. It looks at all types.
    public func enumerator(named name: String) -> (bits: UInt64, type: CType)? {
        for id in 1..<max(1, btf__type_cnt(handle)) {
            let type = CType(self, id)
            if let bits = type.enumerator(named: name) { return (bits, type) }
        }
        return nil
    }

    /// The names that `type(_:named:)` finds for `keyword`, in any order, some perhaps more than once. It looks at all types.
    public func names(_ keyword: TypeKeyword?) -> [String] {
        let kinds = keyword?.kinds ?? [BTF_KIND_TYPEDEF, BTF_KIND_INT, BTF_KIND_FLOAT]
        var names: [String] = []
        for id in 1..<max(1, btf__type_cnt(handle)) {
            let type = CType(self, id)
            guard kinds.contains(type.kind), let name = type.name else { continue }
            names.append(name)
        }
        return names
    }
}

/// The word before the name of a type in C.
public enum TypeKeyword: String, Sendable {
    /// `struct`
    case structure = "struct"
    /// `union`
    case union = "union"
    /// `enum`
    case enumeration = "enum"

    fileprivate var kinds: [Int] {
        switch self {
        case .structure: return [BTF_KIND_STRUCT]
        case .union: return [BTF_KIND_UNION]
        case .enumeration: return [BTF_KIND_ENUM, BTF_KIND_ENUM64]
        }
    }
}
