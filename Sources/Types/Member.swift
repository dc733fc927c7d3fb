import CBPF

/// A member of a structure or union.
public struct Member: Sendable {
    /// The name; empty for a structure or union whose members count as those of the one around it, and for padding.
    public let name: String
    /// The type.
    public let type: CType
    /// Where it begins, in bits from the start of the structure. Little-endian: bit 0 is the lowest of byte 0.
    public let bitOffset: UInt64
    /// How many bits a bit-field has; nil for any other member.
    public let bitCount: Int?
}

/// A name of an enumeration, and the number that it stands for.
public struct Enumerator: Sendable {
    /// The name.
    public let name: String
    /// The number, extended to 64 bits by its sign.
    public let bits: UInt64
}

extension CType {
    /// The members of a structure or union, in their order; of any other type, none. Only what it is itself counts, not what a
    /// typedef of it stands for: see `resolved`.
    public var members: [Member] {
        guard let raw, kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION else { return [] }
        return (0..<UInt32(btf_vlen(raw))).map { member($0, of: raw) }
    }

    /// The member `name` of a structure or union, also one of the structures and unions without a name in it; `bitOffset` counts
    /// from the start of this one. nil where there is none. Only what is asked for is looked at.
    public func member(named name: String) -> Member? {
        var budget = 65536
        return resolved.member(name, at: 0, depth: 0, &budget)
    }

    /// The names of an enumeration, in their order; of any other type, none.
    public var enumerators: [Enumerator] {
        guard let raw else { return [] }
        let count = Int(btf_vlen(raw))
        switch kind {
        case BTF_KIND_ENUM:
            guard let values = btf_enum(raw) else { return [] }
            return (0..<count).map { index in
                let value = values[index]
                let bits = btf_kflag(raw) ? UInt64(bitPattern: Int64(value.val)) : UInt64(UInt32(bitPattern: value.val))
                return Enumerator(name: information.string(value.name_off) ?? "", bits: bits)
            }
        case BTF_KIND_ENUM64:
            guard let values = btf_enum64(raw) else { return [] }
            return (0..<count).map { index in
                let value = values[index]
                return Enumerator(
                    name: information.string(value.name_off) ?? "",
                    bits: UInt64(value.val_hi32) << 32 | UInt64(value.val_lo32))
            }
        default: return []
        }
    }

    /// The number of the enumerator `name`; nil where there is none.
    func enumerator(named name: String) -> UInt64? {
        guard let raw else { return nil }
        let count = Int(btf_vlen(raw))
        switch kind {
        case BTF_KIND_ENUM:
            guard let values = btf_enum(raw) else { return nil }
            for index in 0..<count where information.isString(values[index].name_off, name) {
                return enumerators[index].bits
            }
        case BTF_KIND_ENUM64:
            guard let values = btf_enum64(raw) else { return nil }
            for index in 0..<count where information.isString(values[index].name_off, name) {
                return enumerators[index].bits
            }
        default: break
        }
        return nil
    }

    /// The names and types of a function's parameters; one of type `void` at the end stands for any more.
    var parameters: [CType] {
        guard let raw, kind == BTF_KIND_FUNC_PROTO, let values = btf_params(raw) else { return [] }
        return (0..<Int(btf_vlen(raw))).map { CType(information, values[$0].type) }
    }

    private func member(_ index: UInt32, of raw: UnsafePointer<btf_type>) -> Member {
        let member = btf_members(raw)[Int(index)]
        let type = CType(information, member.type)
        var offset = UInt64(btf_member_bit_offset(raw, index))
        var count = btf_kflag(raw) ? Int(btf_member_bitfield_size(raw, index)) : 0
        // Before the flag there was, a bit-field was an integer type with fewer bits than its bytes have.
        let own = type.resolved
        if !btf_kflag(raw), own.kind == BTF_KIND_INT, let integer = own.raw {
            let bits = Int(btf_int_bits(integer))
            if bits != 8 * Int(integer.pointee.size) {
                offset += UInt64(btf_int_offset(integer))
                count = bits
            }
        }
        return Member(
            name: information.string(member.name_off) ?? "", type: type, bitOffset: offset,
            bitCount: count > 0 ? min(count, 64) : nil)
    }

    private func member(_ name: String, at offset: UInt64, depth: Int, _ budget: inout Int) -> Member? {
        guard let raw, kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION, depth < Self.depth else { return nil }
        for index in 0..<UInt32(btf_vlen(raw)) {
            budget -= 1
            guard budget > 0 else { return nil }
            let own = btf_members(raw)[Int(index)]
            if information.isString(own.name_off, name) {
                let found = member(index, of: raw)
                return Member(
                    name: name, type: found.type, bitOffset: offset + found.bitOffset, bitCount: found.bitCount)
            }
            guard own.name_off == 0 else { continue }
            let inner = CType(information, own.type).resolved
            let start = offset + UInt64(btf_member_bit_offset(raw, index))
            if let found = inner.member(name, at: start, depth: depth + 1, &budget) { return found }
        }
        return nil
    }
}

extension TypeInformation {
    /// Whether the string at `offset` of BTF's strings is `text`; without making a string of it.
    func isString(_ offset: UInt32, _ text: String) -> Bool {
        guard var byte = btf__str_by_offset(handle, offset) else { return false }
        // SAFETY: strings of BTF end with a NUL, at which the comparison ends.
        for expected in text.utf8 {
            guard UInt8(bitPattern: byte.pointee) == expected else { return false }
            byte += 1
        }
        return byte.pointee == 0
    }
}
