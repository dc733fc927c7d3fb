import Guest
import Types

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
    /// Of a bit-field, its bits from the first byte on; nil for anything else.
    public var bits: BitField?

    /// The place of something of type `type` at `address`.
    public init(address: GuestAddress, type: ValueType) {
        self.address = address
        self.type = type
    }
}

/// Computes values of nodes. The height of a node, and so the recursion here, is bounded by the parser.
struct Evaluator {
    let context: any ExpressionContext

    func value(of node: Node) throws(ExpressionError) -> Value {
        let node = undotted(node)
        switch node.kind {
        case .integer(let bits, let type): return .integer(bits, type)
        case .float(let bits, let type): return .float(bits, type)
        case .string(let bytes): return .string(bytes)
        case .dollar(let name): return try dollar(name, node.span)
        case .view(let type, let name, _): return try view(type, of: name, node.span)
        case .list(let nodes): return try list(nodes)
        case .history(let index):
            do { return try context.history(index) } catch { throw ExpressionError(error.message, at: node.span) }
        case .symbol(let name): return try symbolValue(name, node.span)
        case .dereference, .memory, .index, .member:
            switch try place(of: node) {
            case .memory(let location): return try load(location, node.span)
            case .value(let value): return value
            }
        case .address(let operand):
            let location = try location(of: operand)
            guard location.bits == nil else {
                throw ExpressionError("A bit-field has no address.", at: node.span)
            }
            return Value(pointingTo: location)
        case .byteCount(let name): return try byteCount(name)
        case .byteCountOf(let operand): return try byteCount(of: operand)
        case .physical(let operand): return try physical(operand)
        case .prefix(let operation, let operand):
            let scalar = try scalar(operand)
            if case .physical = scalar, operation != .not { throw physicalArithmetic(node.span) }
            guard let value = Arithmetic.apply(operation, scalar) else {
                throw ExpressionError("`~` works on integers, not on floating-point numbers.", at: node.span)
            }
            return value
        case .cast(let name, let operand):
            let type = try type(name)
            guard type.isReadable else {
                throw ExpressionError(
                    "A value cannot be cast to `\(type.description)`; cast an address to a pointer, as in"
                        + " `*(\(ValueType.pointer(to: type).description))ADDRESS`.", at: name.span)
            }
            return try convert(scalar(operand), to: type, operand)
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
        case .call(let function, let operand): return try call(function, operand)
        case .assignment(let target, let operation, let source): return try assign(to: target, operation, source)
        }
    }

    func isTrue(_ node: Node) throws(ExpressionError) -> Bool { try scalar(node).isTrue }

    /// The value of `node`, which must be a number or a pointer.
    func scalar(_ node: Node) throws(ExpressionError) -> Scalar { try scalar(pointing(node), node) }

    /// The value of `node`, which must be an integer or a pointer: an address, an index, a count.
    func integer(_ node: Node) throws(ExpressionError) -> UInt64 { try integer(scalar(node), node) }

    /// `scalar`, which `node` has, if it is an integer or a pointer.
    func integer(_ scalar: Scalar, _ node: Node) throws(ExpressionError) -> UInt64 {
        if scalar.isFloat {
            throw ExpressionError(
                "Here an integer is expected, not a floating-point number; write a cast, as in `(i64)x`.", at: node.span
            )
        }
        return scalar.bits
    }

    /// `scalar`, which `node` has, as `type`. Throws for an address made of a floating-point number.
    func convert(_ scalar: Scalar, to type: ValueType, _ node: Node) throws(ExpressionError) -> Value {
        switch type {
        case .pointer: _ = try integer(scalar, node)
        case .described(let described):
            if case .pointer = described.shape { _ = try integer(scalar, node) }
        default: break
        }
        return scalar.converted(to: type)
    }

    /// `value`, which `node` has, if it is a number or a pointer.
    func scalar(_ value: Value, _ node: Node) throws(ExpressionError) -> Scalar {
        if let scalar = Scalar(value) { return scalar }
        if case .string = value {
            throw ExpressionError(
                "A string cannot be computed with; `==` and `!=` compare it with another one.", at: node.span)
        }
        if case .vector = value {
            throw ExpressionError(
                "A vector cannot be computed with as a whole; `[0]` behind it is its first element.", at: node.span)
        }
        if case .object(let object) = value {
            throw ExpressionError(
                "A `\(object.type.declaration())` cannot be computed with as a whole; name a member of it, as in `x.MEMBER`.",
                at: node.span)
        }
        throw noValue(node)
    }

    private func dollar(_ name: String, _ span: SourceSpan) throws(ExpressionError) -> Value {
        do {
            if let value = try context.registerValue(name) { return value }
        } catch {
            throw ExpressionError(error.message, at: span)
        }
        if name.utf8.contains(UInt8(ascii: ".")) { throw noRegister(name, span) }
        return context.variable(name) ?? .void
    }

    /// The error that no register has the name `name`, which with its dots can be no variable's.
    func noRegister(_ name: String, _ span: SourceSpan) -> ExpressionError {
        ExpressionError(
            "There is no register `$\(name)`."
                + Self.suggestion(Spelling.nearest(to: name, among: context.names(of: .register)), prefix: "$")
                + " A type behind the dot, as in `$fa0.u64` and `$v0.u8`, shows a floating-point or vector register in another way.",
            at: span)
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
        case .call(.environment, _):
            return ExpressionError(
                "There is no such environment variable; `$_isvoid($env(\"NAME\"))` asks for one.", at: node.span)
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
