import Guest

extension Evaluator {
    /// Where `node`, which `isInMemory`, is, without reading it.
    func location(of node: Node) throws(ExpressionError) -> MemoryLocation {
        switch node.kind {
        case .symbol(let name):
            let symbol = try symbol(name, node.span)
            return MemoryLocation(address: .virtual(symbol.address), type: symbol.type)
        case .memory(let type, let operand):
            if case .symbol(let name) = operand.kind {
                return MemoryLocation(address: .virtual(try symbol(name, operand.span).address), type: type)
            }
            let scalar = try scalar(operand)
            _ = try integer(scalar, operand)
            return MemoryLocation(address: scalar.address, type: type)
        case .dereference(let operand), .index(let operand, _): return try location(of: node, from: value(of: operand))
        default:
            throw ExpressionError("This has no address.", at: node.span)
        }
    }

    /// Where `node`, which is `*operand` or `operand[index]`, is when its operand has the value `base`.
    func location(of node: Node, from base: Value) throws(ExpressionError) -> MemoryLocation {
        switch node.kind {
        case .index(let operand, let index):
            if case .vector = base { throw ExpressionError("An element of a vector has no address.", at: node.span) }
            var location = try pointer(base, operand)
            location.address = location.address + (try integer(index)) &* UInt64(location.type.byteCount)
            return location
        case .dereference(let operand): return try pointer(base, operand)
        default:
            throw ExpressionError("This has no address.", at: node.span)
        }
    }

    /// Where the pointer `value`, which `node` has, points to, and the readable type there.
    private func pointer(_ value: Value, _ node: Node) throws(ExpressionError) -> MemoryLocation {
        let scalar = try scalar(value, node)
        let target: ValueType
        switch scalar {
        case .pointer(_, let type), .physical(_, let type): target = type
        case .integer, .float:
            throw ExpressionError(
                "This is a number, not a pointer; name the type, as in `*(u64 *)ADDRESS` or `{u64}ADDRESS`.",
                at: node.span)
        }
        guard target.isReadable else {
            throw ExpressionError(
                "The type of what is at this address is not known; name it, as in `*(u32 *)ADDRESS` or `{u32}ADDRESS`.",
                at: node.span)
        }
        return MemoryLocation(address: scalar.address, type: target)
    }

    /// The guest-physical address that `phys:` makes of `operand`: a number, or the place of a symbol as it is linked.
    func physical(_ operand: Node) throws(ExpressionError) -> Value {
        if case .symbol(let name) = operand.kind {
            let symbol = try symbol(name, operand.span)
            return .physical(GuestPhysicalAddress(symbol.address.value), to: symbol.type)
        }
        let scalar = try scalar(operand)
        switch scalar {
        case .float: return .physical(GuestPhysicalAddress(try integer(scalar, operand)), to: .void)
        case .pointer(let bits, let target), .physical(let bits, let target):
            return .physical(GuestPhysicalAddress(bits), to: target)
        case .integer(let bits, _): return .physical(GuestPhysicalAddress(bits), to: .void)
        }
    }

    /// The error that something else than an address would come out of a physical one, unnoticed.
    func physicalArithmetic(_ span: SourceSpan) -> ExpressionError {
        ExpressionError(
            "A physical address can have a number added or subtracted, and be compared; what is to be computed first stands in "
                + "parentheses behind `phys:`, as in `phys:($a0 << 12)`.", at: span)
    }

    /// The number or pointer at `location`, which the text at `span` names.
    func load(_ location: MemoryLocation, _ span: SourceSpan) throws(ExpressionError) -> Value {
        do {
            let bits = try context.readMemory(at: location.address, count: location.type.byteCount)
            return Value(representation: bits, location.type)
        } catch {
            throw ExpressionError(error.message, at: span)
        }
    }

    /// What the symbol `name` stands for.
    func symbolValue(_ name: String, _ span: SourceSpan) throws(ExpressionError) -> Value {
        let symbol = try symbol(name, span)
        guard symbol.kind == .object else { return .pointer(symbol.address, to: symbol.type) }
        guard symbol.type.isReadable else {
            let size = symbol.byteCount == 0 ? "is of unknown size" : "has \(symbol.byteCount) bytes"
            throw ExpressionError(
                "`\(name)` \(size) and so is no number; write `&\(name)` for its address, `{u64}&\(name)` for 8 bytes of it.",
                at: span)
        }
        return try load(MemoryLocation(address: .virtual(symbol.address), type: symbol.type), span)
    }

    /// The error that `location`, which `node` stands for, holds no number or pointer.
    func unreadable(_ location: MemoryLocation, _ node: Node) -> ExpressionError {
        guard case .symbol(let name) = node.kind else {
            return ExpressionError(
                "The type of what is here is not known; name it, as in `{u32}ADDRESS`.", at: node.span)
        }
        return ExpressionError(
            "`\(name)` is no number that could be set; name a type, as in `{u64}&\(name) = VALUE`.", at: node.span)
    }

    private func symbol(_ name: String, _ span: SourceSpan) throws(ExpressionError) -> ExpressionSymbol {
        if let symbol = context.symbol(name) { return symbol }
        if context.isRegister(name) || context.variable(name) != nil {
            throw ExpressionError("There is no symbol `\(name)`; write `$\(name)`, with the dollar.", at: span)
        }
        throw ExpressionError(
            "There is no symbol `\(name)`."
                + Self.suggestion(Spelling.nearest(to: name, among: context.names(of: .symbol)), prefix: ""), at: span)
    }
}

extension Scalar {
    /// The number or pointer as an address: virtual, unless it is a physical one.
    var address: GuestAddress {
        if case .physical(let address, _) = self { return .physical(GuestPhysicalAddress(address)) }
        return .virtual(GuestVirtualAddress(bits))
    }
}

extension ValueType {
    /// Whether memory of this type holds a number or a pointer.
    var isReadable: Bool {
        switch self {
        case .integer, .float, .pointer: return true
        case .void, .code: return false
        }
    }
}
