extension Parser {
    /// An operand with its prefix operators, casts, and indices.
    mutating func prefix() throws(ExpressionError) -> Node {
        let start = token.span
        if case .physical = token.kind { return try physical(start) }
        guard case .mark(let mark) = token.kind else { return try indexed() }
        switch mark {
        case .leftParenthesis, .leftBrace, .plus, .minus, .exclamation, .tilde, .star, .ampersand: break
        case .bothTrue:
            throw ExpressionError(
                "An address has no address: `&&` compares, and here is nothing to its left.", at: start)
        default: throw unexpected("a number, `$name`, symbol or `(`")
        }
        try enter(start)
        let node = try prefixed(mark, start)
        leave()
        return node
    }

    /// `phys:operand`, whose first token is at `start`.
    private mutating func physical(_ start: SourceSpan) throws(ExpressionError) -> Node {
        try enter(start)
        advance()
        let operand = try prefix()
        leave()
        return Node(.physical(operand), start.through(operand.span))
    }

    private mutating func prefixed(_ mark: Mark, _ start: SourceSpan) throws(ExpressionError) -> Node {
        if mark == .leftParenthesis { return try parenthesized() }
        advance()
        if mark == .leftBrace {
            guard let type = try typeBefore(.rightBrace, opening: start, isType: { $0.beginsOperandOfMemory }) else {
                return try list(start)
            }
            guard !type.isVoid else {
                throw ExpressionError(
                    "`void` has no size; name the type to read, as in `{u64}address`.", at: type.span)
            }
            let operand = try prefix()
            return Node(.memory(type, at: operand), start.through(operand.span))
        }
        let operand = try prefix()
        let span = start.through(operand.span)
        switch mark {
        case .plus: return Node(.prefix(.plus, operand), span)
        case .minus: return Node(.prefix(.minus, operand), span)
        case .exclamation: return Node(.prefix(.not, operand), span)
        case .tilde: return Node(.prefix(.complement, operand), span)
        case .star: return Node(.dereference(operand), span)
        default:
            guard operand.isInMemory else {
                throw ExpressionError(
                    "This has no address: only symbols, `*p`, `p[i]`, `p->m` and `{TYPE}address` have.", at: span)
            }
            return Node(.address(of: operand), span)
        }
    }

    /// The rest of `{a, b, c}`, whose brace is at `opening`.
    private mutating func list(_ opening: SourceSpan) throws(ExpressionError) -> Node {
        if isNext(.rightBrace) {
            throw unexpected("a type, as in `{u64}address`, or the elements of a list, as in `{1, 2}`,")
        }
        let first = token
        var nodes = [try expression()]
        while isNext(.comma) {
            try count(token.span)
            advance()
            nodes.append(try expression())
        }
        let closing = try close(.rightBrace, opening: opening)
        switch token.kind {
        case .integer, .float, .string, .dollar, .history, .name:
            throw ExpressionError("Here a type, as in `{u64}address`, is expected.", at: first.span)
        default: break
        }
        return try suffixed(Node(.list(nodes), opening.through(closing)))
    }

    /// `(expression)`, indexed or not, or `(type)operand`.
    private mutating func parenthesized() throws(ExpressionError) -> Node {
        let opening = token.span
        advance()
        if let type = try typeBefore(.rightParenthesis, opening: opening, isType: { $0.beginsOperandOfCast }) {
            guard !type.isVoid else {
                throw ExpressionError("A cast to `void` leaves no value.", at: type.span)
            }
            let operand = try prefix()
            return Node(.cast(type, operand), opening.through(operand.span))
        }
        let inner = try expression()
        let closing = try close(.rightParenthesis, opening: opening)
        return try suffixed(Node(inner.kind, opening.through(closing)))
    }

    private mutating func indexed() throws(ExpressionError) -> Node {
        let kind: Node.Kind
        switch token.kind {
        case .integer(let bits, let type): kind = .integer(bits, type)
        case .float(let bits, let type): kind = .float(bits, type)
        case .string(let text): kind = .string(text.bytes)
        case .dollar(let name): kind = Self.dollar(name)
        case .history(let index): kind = .history(index)
        case .name("sizeof"): return try byteCount()
        case .name(let name):
            guard !TypeNames.isType(name) else {
                throw ExpressionError(
                    "`\(name)` is a type; it belongs into a cast, `(\(name))x`, or into braces, `{\(name)}address`.",
                    at: token.span)
            }
            kind = .symbol(name)
        default: throw unexpected("a number, `$name`, symbol or `(`")
        }
        let node = Node(kind, token.span)
        advance()
        if case .dollar(let name) = kind, isNext(.leftParenthesis), let function = Function(rawValue: name) {
            return try call(function, node.span)
        }
        return try suffixed(node)
    }

    /// The rest of `$name(operand)`, whose name is at `start`.
    private mutating func call(_ function: Function, _ start: SourceSpan) throws(ExpressionError) -> Node {
        let opening = token.span
        try enter(opening)
        advance()
        let operand = try expression()
        let closing = try close(.rightParenthesis, opening: opening)
        leave()
        return Node(.call(function, operand), start.through(closing))
    }

    /// A register or variable; `name.TYPE` is a register seen as elements of that type. The letters are those that GDB calls the
    /// parts of a vector register by.
    private static func dollar(_ name: String) -> Node.Kind {
        let bytes = [UInt8](name.utf8)
        guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")) else { return .dollar(name) }
        let base = String(decoding: bytes[..<dot], as: UTF8.self)
        let suffix = String(decoding: bytes[(dot + 1)...], as: UTF8.self)
        let type: ValueType?
        switch suffix {
        case "b": type = .integer(.u8)
        case "s": type = .integer(.u16)
        case "w": type = .integer(.u32)
        case "l": type = .integer(.u64)
        default: type = TypeNames.isCWord(suffix) ? TypeNames.combined([suffix]) : TypeNames.single(suffix)
        }
        guard let type, type != .void else { return .dollar(name) }
        return .view(type, of: base, suffix: suffix)
    }

    /// `operand` with the indices and members behind it.
    private mutating func suffixed(_ operand: Node) throws(ExpressionError) -> Node {
        var node = operand
        while isNext(.leftBracket) || isNext(.dot) || isNext(.arrow) {
            guard isNext(.leftBracket) else {
                node = try member(of: node)
                continue
            }
            let opening = token.span
            try enter(opening)
            advance()
            let index = try expression()
            let closing = try close(.rightBracket, opening: opening)
            leave()
            node = Node(.index(node, index), node.span.through(closing))
        }
        if isNext(.increment) || isNext(.decrement) { throw unexpected("an operator") }
        return node
    }

    /// The members `.a.b` or `->a.b` of `operand`.
    private mutating func member(of operand: Node) throws(ExpressionError) -> Node {
        advance()
        guard case .name(let text) = token.kind else { throw unexpected("the name of a member") }
        let span = token.span
        var node = operand
        // The dots between names belong to the word that they stand in.
        for name in Self.members(text) {
            guard !name.isEmpty else {
                throw ExpressionError("The name of a member is missing beside a dot.", at: span)
            }
            try count(span)
            node = Node(.member(node, name), operand.span.through(span))
        }
        advance()
        return node
    }

    /// The names between the dots of `text`.
    static func members(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
}

extension Token.Kind {
    /// Whether, behind a word in parentheses, it can only be what is cast.
    fileprivate var beginsOperandOfCast: Bool {
        switch self {
        case .integer, .float, .dollar, .history, .mark(.leftParenthesis): return true
        // Words of commands: break *(place) if …
        case .name(let word): return word != "if" && word != "vcpu"
        default: return false
        }
    }

    /// Whether, behind a word in braces, it can only be an address.
    fileprivate var beginsOperandOfMemory: Bool {
        if case .mark(.ampersand) = self { return true }
        return beginsOperandOfCast
    }
}

extension Node {
    /// Where the text of what an index is applied to stands.
    var operandSpan: SourceSpan {
        if case .index(let operand, _) = kind { return operand.span }
        return span
    }

    /// Whether it stands for a place in memory.
    var isInMemory: Bool {
        switch kind {
        case .symbol, .dereference, .memory, .index, .member: return true
        default: return false
        }
    }

    /// Whether it stands for something that can be set.
    var isAssignable: Bool {
        switch kind {
        case .dollar, .view: return true
        default: return isInMemory
        }
    }
}
