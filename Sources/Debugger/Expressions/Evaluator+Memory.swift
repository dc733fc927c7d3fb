import Guest
import Types

extension Evaluator {
    /// The `type` at `operand`: an address, or a symbol, whatever its type.
    func location(of type: TypeName, at operand: Node) throws(ExpressionError) -> MemoryLocation {
        let type = try self.type(type)
        if case .symbol(let name) = operand.kind, context.symbol(name) != nil {
            return MemoryLocation(address: .virtual(try symbol(name, operand.span).address), type: type)
        }
        let scalar = try scalar(pointing(operand), operand)
        _ = try integer(scalar, operand)
        return MemoryLocation(address: scalar.address, type: type)
    }

    /// Where the pointer `value`, which the text at `span` has, points to, and the type there, which has a value.
    func pointer(_ span: SourceSpan, _ value: Value) throws(ExpressionError) -> MemoryLocation {
        guard let scalar = Scalar(value) else {
            if case .object(let object) = value {
                throw ExpressionError(
                    "The type of this is `\(object.type.declaration())`, which is no pointer.", at: span)
            }
            throw ExpressionError("This is no pointer.", at: span)
        }
        let target: ValueType
        switch scalar {
        case .pointer(_, let type), .physical(_, let type): target = type
        case .integer, .float:
            throw ExpressionError(
                "This is a number, not a pointer; name the type, as in `*(u64 *)ADDRESS` or `{u64}ADDRESS`.", at: span)
        }
        if case .described(let type) = target, case .incomplete = type.shape { throw incomplete(type, span) }
        guard target.isLoadable else {
            throw ExpressionError(
                "The type of what is at this address is not known; name it, as in `*(u32 *)ADDRESS` or `{u32}ADDRESS`.",
                at: span)
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

    /// The value at `location`, which the text at `span` names: a number or pointer, or a whole structure or array.
    func load(_ location: MemoryLocation, _ span: SourceSpan) throws(ExpressionError) -> Value {
        if case .described(let type) = location.type { return try load(type, location, span) }
        do {
            let bits = try context.readMemory(at: location.address, count: location.type.byteCount)
            return Value(representation: bits, location.type)
        } catch {
            throw ExpressionError(error.message, at: span)
        }
    }

    private func load(_ type: CType, _ location: MemoryLocation, _ span: SourceSpan) throws(ExpressionError) -> Value {
        switch type.shape {
        case .function: return Value(pointingTo: location)
        case .incomplete: throw incomplete(type, span)
        case .void:
            throw ExpressionError(
                "The type of what is here is not known; name it, as in `{u32}ADDRESS`.", at: span)
        default: break
        }
        guard let byteCount = location.bits?.byteCount ?? type.byteCount else { throw incomplete(type, span) }
        guard byteCount <= ObjectValue.byteLimit else {
            throw ExpressionError(
                "`\(type.declaration())` has \(byteCount) bytes, and a value has \(ObjectValue.byteLimit) at most; name a part of it,"
                    + " as in `p->MEMBER` or `a[0]`.", at: span)
        }
        do {
            if type.isScalar && location.bits == nil {
                return Value(try context.readMemory(at: location.address, count: byteCount), described: type)
            }
            let bytes = byteCount == 0 ? [] : try context.readBytes(at: location.address, count: byteCount)
            if let field = location.bits {
                return Value(type.extended(field.bits(of: bytes), bitCount: field.count), described: type)
            }
            return .object(ObjectValue(bytes, type, at: location.address))
        } catch {
            throw ExpressionError(error.message, at: span)
        }
    }

    /// Sets the number or pointer at `location`, which the text at `span` names, to `bits`.
    func store(_ bits: UInt64, _ location: MemoryLocation, _ span: SourceSpan) throws(ExpressionError) {
        do {
            guard let field = location.bits else {
                return try context.writeMemory(bits, at: location.address, count: location.type.byteCount)
            }
            let bytes = try context.readBytes(at: location.address, count: field.byteCount)
            try context.writeBytes(field.setting(bits, in: bytes), at: location.address)
        } catch {
            throw ExpressionError(error.message, at: span)
        }
    }

    /// What the symbol `name` stands for.
    func symbolValue(_ name: String, _ span: SourceSpan) throws(ExpressionError) -> Value {
        guard let symbol = context.symbol(name) else {
            if let value = context.enumerator(name) { return value }
            throw noSymbol(name, span)
        }
        if case .described = symbol.type {
            return try load(MemoryLocation(address: .virtual(symbol.address), type: symbol.type), span)
        }
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
        if case .described(let type) = location.type {
            return ExpressionError(
                "`\(type.declaration())` is no number or pointer that could be set; set its parts one by one.",
                at: node.span)
        }
        guard case .symbol(let name) = node.kind else {
            return ExpressionError(
                "The type of what is here is not known; name it, as in `{u32}ADDRESS`.", at: node.span)
        }
        return ExpressionError(
            "`\(name)` is no number that could be set; name a type, as in `{u64}&\(name) = VALUE`.", at: node.span)
    }

    func symbol(_ name: String, _ span: SourceSpan) throws(ExpressionError) -> ExpressionSymbol {
        if let symbol = context.symbol(name) { return symbol }
        throw noSymbol(name, span)
    }

    private func noSymbol(_ name: String, _ span: SourceSpan) -> ExpressionError {
        if context.isRegister(name) || context.variable(name) != nil {
            return ExpressionError("There is no symbol `\(name)`; write `$\(name)`, with the dollar.", at: span)
        }
        // What stands in brackets before a sign can have been meant as a cast.
        let type: CType? = span.end - span.start > name.utf8.count ? (try? context.type(nil, named: name)) ?? nil : nil
        if type != nil {
            return ExpressionError(
                "There is no symbol `\(name)`; a number with a sign is cast in brackets, as in `(\(name))(-1)`.",
                at: span)
        }
        return ExpressionError(
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
    /// Whether there are values of the type.
    var isLoadable: Bool {
        guard case .described(let type) = self else { return isReadable }
        switch type.shape {
        case .void, .incomplete: return false
        default: return true
        }
    }
}
