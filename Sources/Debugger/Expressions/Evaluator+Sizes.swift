import Types

extension Evaluator {
    /// `sizeof(name)`, as u64. A name without a keyword that is a symbol's is the symbol.
    func byteCount(_ name: TypeName) throws(ExpressionError) -> Value {
        if case .declared(nil, let word) = name.base, name.stars == 0, context.symbol(word) != nil {
            return try byteCount(of: Node(.symbol(word), name.span))
        }
        return try byteCount(type(name), name.span)
    }

    /// `sizeof operand`, as u64: what is in memory is not read.
    func byteCount(of operand: Node) throws(ExpressionError) -> Value {
        if case .symbol(let name) = operand.kind, let symbol = context.symbol(name), symbol.byteCount > 0 {
            return Value(symbol.byteCount, .u64)
        }
        let value: Value
        switch try place(of: operand) {
        case .memory(let location):
            if location.bits != nil { throw ExpressionError("A bit-field has no size in bytes.", at: operand.span) }
            return try byteCount(location.type, operand.span)
        case .value(let computed): value = computed
        }
        switch value {
        case .integer(_, let type): return Value(UInt64(type.byteCount), .u64)
        case .float(_, let type): return Value(UInt64(type.byteCount), .u64)
        case .pointer, .physical: return Value(8, .u64)
        case .vector(let vector): return Value(UInt64(vector.bytes.count), .u64)
        case .string(let bytes): return Value(UInt64(bytes.count + 1), .u64)
        case .described(_, let type): return try byteCount(.described(type), operand.span)
        case .object(let object): return Value(UInt64(object.bytes.count), .u64)
        case .void: throw noValue(operand)
        }
    }

    private func byteCount(_ type: ValueType, _ span: SourceSpan) throws(ExpressionError) -> Value {
        if case .described(let described) = type {
            guard let count = described.byteCount else { throw incomplete(described, span) }
            return Value(UInt64(count), .u64)
        }
        guard type.isReadable else {
            throw ExpressionError("The size of `\(type.description)` is not known.", at: span)
        }
        return Value(UInt64(type.byteCount), .u64)
    }
}

extension Value {
    /// The bytes of a string, or of an array of characters up to its first NUL; nil for anything else.
    public var text: [UInt8]? {
        switch self {
        case .string(let bytes): return bytes
        case .object(let object): return object.text
        default: return nil
        }
    }
}
