import Guest
import Types

/// What an expression stands for.
enum Place {
    /// Something in memory, which was not read.
    case memory(MemoryLocation)
    /// A value that was computed, or copied.
    case value(Value)
}

extension Evaluator {
    /// What `node` stands for.
    func place(of node: Node) throws(ExpressionError) -> Place {
        let node = undotted(node)
        switch node.kind {
        case .symbol(let name):
            let symbol = try symbol(name, node.span)
            return .memory(MemoryLocation(address: .virtual(symbol.address), type: symbol.type))
        case .memory(let type, let operand):
            return .memory(try location(of: type, at: operand))
        case .dereference(let operand): return .memory(try pointer(operand.span, pointing(operand)))
        case .index(let operand, let index): return try element(index, of: pointing(operand), node)
        case .member(let operand, let name): return try member(name, of: operand, node)
        default: return .value(try value(of: node))
        }
    }

    /// Where `node`, which `isInMemory`, is, without reading it.
    func location(of node: Node) throws(ExpressionError) -> MemoryLocation {
        switch try place(of: node) {
        case .memory(let location): return location
        case .value:
            if case .index = node.kind {
                throw ExpressionError("An element of a vector or of a copied array has no address.", at: node.span)
            }
            throw ExpressionError(
                "This is part of a value that was copied, and has no address; keep a pointer instead, as in `$p = &x`.",
                at: node.span)
        }
    }

    /// The value of `node`, where it is an array the pointer to its first element, as in C: it is not read.
    func pointing(_ node: Node) throws(ExpressionError) -> Value {
        guard node.isInMemory else { return try value(of: node) }
        let node = undotted(node)
        if case .symbol(let name) = node.kind, context.symbol(name)?.declared == nil { return try value(of: node) }
        switch try place(of: node) {
        case .value(let value): return value
        case .memory(let location): return try pointing(location, node.span)
        }
    }

    private func pointing(_ location: MemoryLocation, _ span: SourceSpan) throws(ExpressionError) -> Value {
        if case .described(let type) = location.type, let element = type.element {
            return Value(pointingTo: MemoryLocation(address: location.address, type: .described(element)))
        }
        return try load(location, span)
    }

    /// The element that `node`, `base[index]`, stands for.
    func element(_ index: Node, of base: Value, _ node: Node) throws(ExpressionError) -> Place {
        switch base {
        case .vector(let vector): return .value(try element(of: vector, index).value.converted(to: vector.element))
        case .object(let object) where object.address == nil && object.type.element != nil:
            let number = Int64(bitPattern: try integer(index))
            guard let value = object.element(Int(number)) else {
                throw ExpressionError("There is no element \(number) in this array.", at: index.span)
            }
            return .value(value)
        default:
            var location = try pointer(node.operandSpan, base)
            location.address = location.address + (try integer(index)) &* UInt64(location.type.stride)
            return .memory(location)
        }
    }

    /// The member `name` that `node` stands for: of a structure, or of what a pointer points to.
    private func member(_ name: String, of operand: Node, _ node: Node) throws(ExpressionError) -> Place {
        let operand = undotted(operand)
        switch try place(of: operand) {
        case .memory(let location):
            if case .described(let type) = location.type, type.isComposite {
                return .memory(location.part(try member(name, of: type, node)))
            }
            if case .described(let type) = location.type, case .incomplete = type.shape {
                throw incomplete(type, operand.span)
            }
            let pointer: Value
            if case .symbol = operand.kind, !location.type.isDescribed {
                pointer = try value(of: operand)
            } else {
                pointer = try pointing(location, operand.span)
            }
            return .memory(try member(name, behind: pointer, operand, node))
        case .value(.object(let object)) where object.type.isComposite:
            let member = try member(name, of: object.type, node)
            guard let value = object.part(member.type, at: member.bitOffset, bitCount: member.bitCount) else {
                throw ExpressionError("The member `\(name)` has no value that could be shown.", at: node.span)
            }
            return .value(value)
        case .value(let value): return .memory(try member(name, behind: value, operand, node))
        }
    }

    /// The member `name` of what `pointer`, which `operand` has, points to.
    private func member(
        _ name: String, behind pointer: Value, _ operand: Node, _ node: Node
    ) throws(ExpressionError) -> MemoryLocation {
        let scalar = try scalar(pointer, operand)
        switch scalar {
        case .pointer(_, .described(let target)), .physical(_, .described(let target)):
            if case .incomplete = target.shape { throw incomplete(target, operand.span) }
            guard target.isComposite else { break }
            let location = MemoryLocation(address: scalar.address, type: .described(target))
            return location.part(try member(name, of: target, node))
        default: break
        }
        throw ExpressionError(
            "The type of this is `\(pointer.typeDescription)`, which has no members; write a cast, as in"
                + " `((struct NAME *)ADDRESS)->\(name)`.", at: operand.span)
    }

    private func member(_ name: String, of type: CType, _ node: Node) throws(ExpressionError) -> Member {
        if let member = type.member(named: name) { return member }
        throw ExpressionError(
            "`\(type.declaration())` has no member `\(name)`."
                + Self.suggestion(Spelling.nearest(to: name, among: type.memberNames), prefix: ""), at: node.span)
    }

    /// The error that nothing but the name of `type` is known.
    func incomplete(_ type: CType, _ span: SourceSpan) -> ExpressionError {
        ExpressionError(
            "`\(type.declaration())` is only declared in the guest's type information: what is in it is not known.",
            at: span
        )
    }

    /// How many dots in one name are looked at: each makes the expression one higher.
    private static let dotLimit = 64

    /// `node`, with the dots in a name that is no symbol's, register's or view's taken for members: `$task.pid`.
    func undotted(_ node: Node) -> Node {
        guard node.isDotted else { return node }
        switch node.kind {
        case .view(_, let name, let suffix):
            guard !context.isRegister(name), context.variable(name)?.hasMembers == true else { return node }
            return Node(.member(Node(.dollar(name), node.span), suffix), node.span)
        case .dollar(let name):
            guard !context.isRegister(name) else { return node }
            let words = Parser.members(name)
            guard words.count <= Self.dotLimit, let first = words.first, context.variable(first)?.hasMembers == true
            else { return node }
            return words.dropFirst().reduce(Node(.dollar(first), node.span)) { Node(.member($0, $1), node.span) }
        case .symbol(let name):
            guard context.symbol(name) == nil else { return node }
            let words = Parser.members(name)
            guard words.count <= Self.dotLimit else { return node }
            for count in (1..<max(1, words.count)).reversed() {
                let symbol = words.prefix(count).joined(separator: ".")
                guard context.symbol(symbol) != nil else { continue }
                return words.dropFirst(count).reduce(Node(.symbol(symbol), node.span)) {
                    Node(.member($0, $1), node.span)
                }
            }
            return node
        default: return node
        }
    }
}

extension Value {
    /// Whether it has members, or is a pointer to what has.
    fileprivate var hasMembers: Bool {
        switch self {
        case .object: return true
        case .pointer(_, .described), .physical(_, .described): return true
        default: return false
        }
    }
}

extension ValueType {
    fileprivate var isDescribed: Bool {
        if case .described = self { return true }
        return false
    }
}

extension MemoryLocation {
    /// Where `member` of the structure that is here is.
    func part(_ member: Member) -> MemoryLocation {
        var part = MemoryLocation(address: address + member.bitOffset / 8, type: .described(member.type))
        if let count = member.bitCount { part.bits = BitField(offset: Int(member.bitOffset % 8), count: count) }
        return part
    }
}

extension CType {
    /// The names of the members, those of the structures without a name in it too; some thousands at most.
    var memberNames: [String] {
        var names: [String] = []
        resolved.collect(&names, depth: 0)
        return names
    }

    private func collect(_ names: inout [String], depth: Int) {
        for member in members where names.count < 4096 {
            if !member.name.isEmpty {
                names.append(member.name)
            } else if depth < 8 {
                member.type.resolved.collect(&names, depth: depth + 1)
            }
        }
    }
}
