import Types

/// What `whatis` and `ptype` are asked about: a type by its name, or an expression.
public struct TypeSubject: Sendable {
    enum Form: Sendable {
        case type(TypeName)
        case expression(Expression)
    }

    let form: Form

    /// Parses all of `text` from the UTF-8 offset `offset` on. Throws also for an expression that would change something.
    public init(parsing text: String, from offset: Int = 0) throws(ExpressionError) {
        var parser = Parser(text, from: offset)
        if let type = try parser.typeBeforeEnd() {
            form = .type(type)
            return
        }
        let expression = try Expression(parsing: text, from: offset)
        guard !expression.hasAssignment else {
            throw ExpressionError(
                "An assignment is not carried out to find its type; ask about what is assigned.", at: expression.span)
        }
        form = .expression(expression)
    }

    /// The expression; nil for a type.
    public var expression: Expression? {
        if case .expression(let expression) = form { return expression }
        return nil
    }

    /// The type in one line, as `whatis` shows it: of an expression, as it is called where it was declared; of a typedef, what
    /// it stands for.
    public func name(in context: any ExpressionContext) throws(ExpressionError) -> String {
        let (type, isName) = try type(in: context)
        guard isName, case .described(let described) = type.type, let next = described.renamed else { return type.text }
        return next.declaration()
    }

    /// The type with its members, as `ptype` shows it.
    public func listing(in context: any ExpressionContext, hasOffsets: Bool) throws(ExpressionError) -> [String] {
        let (type, _) = try type(in: context)
        var stars = 0
        var base = type.type
        while case .pointer(let target) = base {
            stars += 1
            base = target
        }
        guard case .described(let described) = base else { return ["type = " + type.text] }
        return TypeListing(described, stars: stars, hasOffsets: hasOffsets).lines
    }

    /// The type, as far as it has one, and its name; whether it was asked for by name.
    private func type(
        in context: any ExpressionContext
    ) throws(ExpressionError) -> (type: (type: ValueType, text: String), isName: Bool) {
        let evaluator = Evaluator(context: context)
        let node: Node
        switch form {
        case .expression(let expression): node = expression.root
        case .type(let name):
            guard case .declared(nil, let word) = name.base, name.stars == 0, context.symbol(word) != nil else {
                let type = try evaluator.type(name)
                return ((type, type.description), true)
            }
            node = Node(.symbol(word), name.span)
        }
        switch try evaluator.place(of: node) {
        case .memory(let location): return ((location.type, location.type.description), false)
        case .value(let value): return ((value.type ?? .void, value.typeDescription), false)
        }
    }
}

extension Parser {
    /// A type that is all there is; nil, and nothing is taken, where there is something else. One word can be a symbol too.
    mutating func typeBeforeEnd() throws(ExpressionError) -> TypeName? {
        guard case .name(let word) = token.kind else { return nil }
        if TypeNames.isType(word) {
            let type = try type()
            guard case .end = token.kind else { throw unexpected("a `*` or the end") }
            return type
        }
        if word.utf8.contains(UInt8(ascii: ".")) { return nil }
        let saved = self
        if let type = try? type(), case .end = token.kind { return type }
        self = saved
        return nil
    }
}

extension Value {
    /// The type; nil for what has none that could be cast to.
    var type: ValueType? {
        switch self {
        case .integer(_, let type): return .integer(type)
        case .float(_, let type): return .float(type)
        case .pointer(_, let target), .physical(_, let target): return .pointer(to: target)
        case .described(_, let type): return .described(type)
        case .object(let object): return .described(object.type)
        case .vector, .string, .void: return nil
        }
    }
}
