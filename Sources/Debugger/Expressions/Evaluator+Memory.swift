import Guest

extension Evaluator {
    /// Where `node`, which `isInMemory`, is, without reading it.
    func location(of node: Node) throws(ExpressionError) -> MemoryLocation {
        switch node.kind {
        case .symbol(let name):
            let symbol = try symbol(name, node.span)
            return MemoryLocation(address: symbol.address, type: symbol.type)
        case .memory(let type, let operand):
            if case .symbol(let name) = operand.kind {
                return MemoryLocation(address: try symbol(name, operand.span).address, type: type)
            }
            return MemoryLocation(address: GuestVirtualAddress(try scalar(operand).bits), type: type)
        case .dereference(let operand):
            let (address, target) = try pointer(operand)
            return MemoryLocation(address: GuestVirtualAddress(address), type: target)
        case .index(let operand, let index):
            let (address, target) = try pointer(operand)
            let offset = try scalar(index).bits &* UInt64(target.byteCount)
            return MemoryLocation(address: GuestVirtualAddress(address &+ offset), type: target)
        default:
            throw ExpressionError("This has no address.", at: node.span)
        }
    }

    /// The address and the readable target of the pointer `node`.
    private func pointer(_ node: Node) throws(ExpressionError) -> (UInt64, ValueType) {
        guard case .pointer(let address, let target) = try scalar(node) else {
            throw ExpressionError(
                "This is a number, not a pointer; name the type, as in `*(u64 *)ADDRESS` or `{u64}ADDRESS`.",
                at: node.span)
        }
        guard target.isReadable else {
            throw ExpressionError(
                "The type of what is at this address is not known; name it, as in `*(u32 *)ADDRESS` or `{u32}ADDRESS`.",
                at: node.span)
        }
        return (address, target)
    }

    /// The number or pointer at `location`, which the text at `span` names.
    func load(_ location: MemoryLocation, _ span: SourceSpan) throws(ExpressionError) -> Value {
        do {
            let bits = try context.readMemory(at: location.address, count: location.type.byteCount)
            return Scalar.integer(bits, .u64).converted(to: location.type)
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
        return try load(MemoryLocation(address: symbol.address, type: symbol.type), span)
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

extension ValueType {
    /// Whether memory of this type holds a number or a pointer.
    var isReadable: Bool {
        switch self {
        case .integer, .pointer: return true
        case .void, .code: return false
        }
    }
}
