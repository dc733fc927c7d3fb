import Guest

extension Evaluator {
    /// The contents of the register `name` as `type`: a number, or the elements of a vector register.
    func view(_ type: ValueType, of name: String, _ span: SourceSpan) throws(ExpressionError) -> Value {
        let contents = try contents(of: name, viewedAs: type, span)
        if contents.isVector { return .vector(VectorValue(contents.bytes, of: type)) }
        let bits = contents.bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return Value(representation: bits, type)
    }

    /// Sets the contents of the register `name`, seen as `type`, to `value`; yields what it then holds.
    func setView(
        _ type: ValueType, of name: String, _ span: SourceSpan, to value: Value, _ source: Node
    ) throws(ExpressionError) -> Value {
        let contents = try contents(of: name, viewedAs: type, span)
        if contents.isVector {
            let current = VectorValue(contents.bytes, of: type)
            try setContents(of: name, try elements(value, like: current, source).bytes, span)
        } else {
            guard let bits = try convert(scalar(value, source), to: type, source).representation else {
                throw noValue(source)
            }
            // What is narrower than the register is NaN-boxed, as the hardware's own loads do it.
            let width = UInt64(8 * type.byteCount)
            let boxed = width < 64 ? bits & ~(.max << width) | .max << width : bits
            let bytes = (0..<contents.bytes.count).map { UInt8(truncatingIfNeeded: boxed >> UInt64(8 * $0)) }
            try setContents(of: name, bytes, span)
        }
        return try view(type, of: name, span)
    }

    /// `value` as all the elements of a vector like `target`: a list or vector of as many, or one number for each of them.
    func elements(_ value: Value, like target: VectorValue, _ source: Node) throws(ExpressionError) -> VectorValue {
        guard case .vector(let vector) = value else {
            let scalar = try scalar(value, source)
            return VectorValue([Scalar](repeating: scalar, count: target.count), of: target.element)
        }
        guard vector.count == target.count else {
            throw ExpressionError(
                "There are \(target.count) elements of type \(target.element.description) to set, and here are \(vector.count).",
                at: source.span)
        }
        return VectorValue(vector.elements, of: target.element)
    }

    /// The element of `vector` that `index` names.
    func element(of vector: VectorValue, _ index: Node) throws(ExpressionError) -> (index: UInt64, value: Scalar) {
        let number = try integer(index)
        guard let scalar = vector[number] else {
            throw ExpressionError(
                "There is no element \(Int64(bitPattern: number)): there are \(vector.count), counted from 0.",
                at: index.span)
        }
        return (number, scalar)
    }

    /// The value of the list of `nodes`.
    func list(_ nodes: [Node]) throws(ExpressionError) -> Value {
        var elements: [Scalar] = []
        for node in nodes {
            let scalar = try scalar(node)
            if case .pointer(let address, _) = scalar {
                elements.append(.integer(address, .u64))
            } else {
                elements.append(scalar)
            }
        }
        return .vector(VectorValue(elements, of: VectorValue.commonType(elements)))
    }

    /// Whether all elements of two vectors are equal.
    func areEqual(_ one: VectorValue, _ other: VectorValue, _ right: Node) throws(ExpressionError) -> Bool {
        guard one.count == other.count else {
            throw ExpressionError(
                "Vectors of \(one.count) and of \(other.count) elements cannot be compared.", at: right.span)
        }
        for (left, right) in zip(one.elements, other.elements)
        where Arithmetic.apply(.equal, left, right) != Value(true) { return false }
        return true
    }

    private func contents(
        of name: String, viewedAs type: ValueType, _ span: SourceSpan
    ) throws(ExpressionError) -> RegisterContents {
        let contents: RegisterContents?
        do { contents = try context.registerContents(name) } catch { throw ExpressionError(error.message, at: span) }
        if let contents { return contents }
        throw ExpressionError(
            "Only the floating-point and the vector registers have views; for part of a number write a cast, as in `(u8)$\(name)`.",
            at: span)
    }

    private func setContents(of name: String, _ bytes: [UInt8], _ span: SourceSpan) throws(ExpressionError) {
        do { try context.setRegisterContents(name, to: bytes) } catch {
            throw ExpressionError(error.message, at: span)
        }
    }
}
