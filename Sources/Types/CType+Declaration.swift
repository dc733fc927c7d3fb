import CBPF

extension CType {
    /// The type in C's words: "struct list_head *", "char [16]", "void (*)(struct callback_head *)"; with `name`, the declaration
    /// of something of that type: "struct list_head *next". A structure without a name is "struct {...}".
    public func declaration(of name: String = "") -> String {
        var budget = 200
        return text(around: name, depth: 0, &budget)
    }

    /// The type of a pointer to the type, with one star or more: "struct list_head *", "char (*)[16]".
    public func declaration(ofPointer stars: String) -> String {
        kind == BTF_KIND_ARRAY || kind == BTF_KIND_FUNC_PROTO ? declaration(of: "(\(stars))") : declaration(of: stars)
    }

    /// The type with `inner`, what is declared so far, at its place.
    private func text(around inner: String, depth: Int, _ budget: inout Int) -> String {
        budget -= 1
        guard budget > 0, depth < Self.depth else { return Self.joined("...", inner) }
        switch kind {
        case BTF_KIND_PTR:
            let target = target
            switch target.kind {
            case BTF_KIND_ARRAY, BTF_KIND_FUNC_PROTO:
                return target.text(around: "(*\(inner))", depth: depth + 1, &budget)
            default: return target.text(around: "*" + inner, depth: depth + 1, &budget)
            }
        case BTF_KIND_CONST, BTF_KIND_VOLATILE, BTF_KIND_RESTRICT:
            let word = kind == BTF_KIND_CONST ? "const" : kind == BTF_KIND_VOLATILE ? "volatile" : "restrict"
            guard target.kind == BTF_KIND_PTR else {
                return word + " " + target.text(around: inner, depth: depth + 1, &budget)
            }
            return target.text(around: Self.joined(" " + word, inner), depth: depth + 1, &budget)
        case BTF_KIND_TYPE_TAG: return target.text(around: inner, depth: depth + 1, &budget)
        case BTF_KIND_ARRAY:
            guard case .array(let element, let count) = shape else { return inner }
            // An array without a length has 0 here too.
            return element.text(around: inner + (count == 0 ? "[]" : "[\(count)]"), depth: depth + 1, &budget)
        case BTF_KIND_FUNC_PROTO:
            var words: [String] = []
            for parameter in parameters {
                guard budget > 0 else { break }
                words.append(parameter.id == 0 ? "..." : parameter.text(around: "", depth: depth + 1, &budget))
            }
            let list = words.isEmpty ? "void" : words.joined(separator: ", ")
            return target.text(around: inner + "(\(list))", depth: depth + 1, &budget)
        case BTF_KIND_FUNC: return target.text(around: inner, depth: depth + 1, &budget)
        default: return Self.joined(ownName, inner)
        }
    }

    private var ownName: String {
        guard let keyword else { return name ?? "void" }
        return keyword.rawValue + " " + (name ?? "{...}")
    }

    private static func joined(_ left: String, _ right: String) -> String {
        right.isEmpty || right.hasPrefix("[") ? left + (right.isEmpty ? "" : " " + right) : left + " " + right
    }
}
