import Guest

extension Expression {
    /// The value in `context`, whose failures come back with their place.
    public func evaluate(in context: any ExpressionContext) throws(ExpressionError) -> Value {
        try Evaluator(context: context).value(of: root)
    }

    /// Whether the value counts as true, as in C: a number or address other than 0. Throws also for a string, and for a
    /// variable that was never set.
    public func isTrue(in context: any ExpressionContext) throws(ExpressionError) -> Bool {
        try Evaluator(context: context).isTrue(root)
    }

    /// Where in memory the thing is that the expression stands for, without reading it; nil for an expression that stands for
    /// a value, a register or a variable.
    public func location(in context: any ExpressionContext) throws(ExpressionError) -> MemoryLocation? {
        guard root.isInMemory else { return nil }
        return try Evaluator(context: context).location(of: root)
    }
}

/// A place in the guest's memory and what is there.
public struct MemoryLocation: Equatable, Sendable {
    /// The first byte.
    public var address: GuestAddress
    /// The type; `.code` and `.void` for what is no number or pointer.
    public var type: ValueType
}

/// Computes values of nodes. The height of a node, and so the recursion here, is bounded by the parser.
struct Evaluator {
    let context: any ExpressionContext

    func value(of node: Node) throws(ExpressionError) -> Value {
        switch node.kind {
        case .integer(let bits, let type): return .integer(bits, type)
        case .string(let bytes): return .string(bytes)
        case .dollar(let name): return try dollar(name, node.span)
        case .history(let index):
            do { return try context.history(index) } catch { throw ExpressionError(error.message, at: node.span) }
        case .symbol(let name): return try symbolValue(name, node.span)
        case .dereference, .memory, .index: return try load(location(of: node), node.span)
        case .address(let operand):
            return Value(pointingTo: try location(of: operand))
        case .physical(let operand): return try physical(operand)
        case .prefix(let operation, let operand):
            let scalar = try scalar(operand)
            if case .physical = scalar, operation != .not { throw physicalArithmetic(node.span) }
            return Arithmetic.apply(operation, scalar)
        case .cast(let type, let operand): return try scalar(operand).converted(to: type)
        case .binary(let operation, let left, let right):
            return try combine(operation, value(of: left), left, value(of: right), right)
        case .both(let left, let right):
            guard try isTrue(left) else { return Value(false) }
            return Value(try isTrue(right))
        case .either(let left, let right):
            guard try !isTrue(left) else { return Value(true) }
            return Value(try isTrue(right))
        case .conditional(let condition, let whenTrue, let whenFalse):
            return try value(of: isTrue(condition) ? whenTrue : whenFalse)
        case .assignment(let target, let operation, let source): return try assign(to: target, operation, source)
        }
    }

    func isTrue(_ node: Node) throws(ExpressionError) -> Bool { try scalar(node).bits != 0 }

    /// The value of `node`, which must be an integer or a pointer.
    func scalar(_ node: Node) throws(ExpressionError) -> Scalar { try scalar(value(of: node), node) }

    /// `value`, which `node` has, if it is an integer or a pointer.
    func scalar(_ value: Value, _ node: Node) throws(ExpressionError) -> Scalar {
        if let scalar = Scalar(value) { return scalar }
        if case .string = value {
            throw ExpressionError(
                "A string cannot be computed with; `==` and `!=` compare it with another one.", at: node.span)
        }
        throw noValue(node)
    }

    private func dollar(_ name: String, _ span: SourceSpan) throws(ExpressionError) -> Value {
        do {
            if let value = try context.registerValue(name) { return value }
        } catch {
            throw ExpressionError(error.message, at: span)
        }
        return context.variable(name) ?? .void
    }

    /// The error that `node` is void.
    func noValue(_ node: Node) -> ExpressionError {
        switch node.kind {
        case .dollar(let name):
            let known = context.names(of: .register) + context.names(of: .variable)
            return ExpressionError(
                "`$\(name)` has no value yet; set it with `set $\(name) = VALUE`."
                    + Self.suggestion(Spelling.nearest(to: name, among: known), prefix: "$"), at: node.span)
        case .history: return ExpressionError("The value history is empty; `print` adds to it.", at: node.span)
        default: return ExpressionError("This has no value.", at: node.span)
        }
    }

    /// " Did you mean …?" for names that are at hand.
    static func suggestion(_ names: [String], prefix: String) -> String {
        let quoted = names.map { "`" + prefix + $0 + "`" }
        guard let last = quoted.last else { return "" }
        let others = quoted.dropLast().joined(separator: ", ")
        return " Did you mean " + (others.isEmpty ? last : others + " or " + last) + "?"
    }
}
