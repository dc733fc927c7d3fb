import CBPF

/// A type with its members, in the lines in which GDB's `ptype` has it.
public struct TypeListing {
    /// How deep structures nest in one, and how many lines there are; only damaged type information has more.
    private static let depthLimit = 20
    private static let lineLimit = 20_000

    /// The lines, without line ends.
    public private(set) var lines: [String] = []
    private let hasOffsets: Bool

    /// The lines for `type` with `stars` stars behind it; of a pointer or an array, those of what it points to or is made of. `hasOffsets` puts where each member begins and how many
    /// bytes it has before it, as `ptype/o` does.
    public init(_ type: CType, stars: Int = 0, hasOffsets: Bool = false) {
        var base = type.resolved
        var inner = String(repeating: "*", count: stars)
        for _ in 0..<CType.depth {
            switch base.shape {
            case .pointer(let target):
                inner = "*" + inner
                base = target.resolved
                continue
            case .array(let element, let count):
                if inner.hasPrefix("*") { inner = "(" + inner + ")" }
                inner += count == 0 ? "[]" : "[\(count)]"
                base = element.resolved
                continue
            default: break
            }
            break
        }
        self.hasOffsets = hasOffsets && base.hasMembers
        let end = inner.isEmpty ? "" : " " + inner
        guard base.hasMembers || !base.enumerators.isEmpty else {
            let text =
                stars > 0
                ? type.declaration(ofPointer: String(repeating: "*", count: stars)) : type.resolved.declaration()
            lines = ["type = " + text]
            return
        }
        if base.hasMembers {
            let margin = self.hasOffsets ? "  " : ""
            add(Self.heading, margin + "type = \(base.declaration()) {")
            members(of: base, at: 0, depth: 1)
            if self.hasOffsets {
                add("", "")
                add("", "    /* total size (bytes): \(Self.padded(base.byteCount ?? 0, 4)) */")
            }
            add("", margin + "}" + end)
        } else {
            lines = ["type = \(base.declaration()) {\(Self.names(base))}\(end)"]
        }
    }

    /// "RED, GREEN, BLUE = 5": the number where it is not the one behind the last.
    private static func names(_ type: CType) -> String {
        var expected: UInt64 = 0
        var words: [String] = []
        for enumerator in type.enumerators.prefix(lineLimit) {
            let number = Int64(bitPattern: enumerator.bits)
            words.append(enumerator.bits == expected ? enumerator.name : "\(enumerator.name) = \(number)")
            expected = enumerator.bits &+ 1
        }
        return words.joined(separator: ", ")
    }

    private mutating func members(of type: CType, at start: UInt64, depth: Int) {
        let indent = String(repeating: "    ", count: depth)
        let isUnion = type.kind == BTF_KIND_UNION
        var end = start
        for member in type.members {
            guard lines.count < Self.lineLimit else {
                add("", indent + "...")
                return
            }
            let place = start &+ member.bitOffset
            if hasOffsets && !isUnion && place > end { hole(place - end) }
            let width = UInt64(member.bitCount ?? (member.type.byteCount ?? 0) &* 8)
            if !isUnion { end = max(end, place &+ width) }
            let bits = member.bitCount.map { " : \($0)" } ?? ""
            let columns = columns(member, place, isUnion)
            let declaration = member.type.declaration(of: member.name)
            // A structure without a name is known by its members only.
            guard let inner = member.type.nameless, depth < Self.depthLimit, declaration.hasPrefix(inner.declaration())
            else {
                add(columns, indent + declaration + bits + ";")
                continue
            }
            add(columns, indent + (inner.keyword?.rawValue ?? "") + " {")
            members(of: inner, at: place, depth: depth + 1)
            add("", indent + "}" + declaration.dropFirst(inner.declaration().utf8.count) + ";")
        }
        let size = UInt64(type.byteCount ?? 0) &* 8
        if hasOffsets && !isUnion && start &+ size > end && end > start { hole(start &+ size - end) }
    }

    private static let heading = "/* offset      |    size */"

    private func columns(_ member: Member, _ place: UInt64, _ isUnion: Bool) -> String {
        let size = Self.padded(member.type.byteCount ?? 0, 7)
        if isUnion { return "/*               " + size + " */" }
        let offset = Self.padded(Int(clamping: place / 8), 7)
        let bit = member.bitCount == nil ? "      " : ":" + Self.padded(Int(place % 8), 2) + "   "
        return "/*" + offset + bit + "|" + " " + size + " */"
    }

    private mutating func hole(_ bits: UInt64) {
        if !hasOffsets { return }
        let text = bits % 8 == 0 ? "\(bits / 8)-byte hole" : "\(bits)-bit hole"
        let words = "/* XXX " + Self.left(text, 17) + " */"
        lines.append(words)
    }

    /// Adds a line, with `columns` before it where offsets are shown.
    private mutating func add(_ columns: String, _ text: String) {
        guard hasOffsets else { return lines.append(text) }
        lines.append(text.isEmpty ? "" : Self.left(columns, Self.heading.utf8.count) + text)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}

extension CType {
    fileprivate var hasMembers: Bool { kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION }

    /// The structure or union without a name that it is, or that it points to, or is an array of; nil for any other type.
    fileprivate var nameless: CType? {
        var type = self
        for _ in 0..<Self.depth {
            switch type.kind {
            case BTF_KIND_PTR: type = type.target
            case BTF_KIND_ARRAY:
                guard let element = type.element else { return nil }
                type = element
            default: return type.hasMembers && type.name == nil ? type : nil
            }
        }
        return nil
    }

    private var element: CType? {
        if case .array(let element, _) = shape { return element }
        return nil
    }
}
