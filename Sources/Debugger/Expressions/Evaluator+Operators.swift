import Guest

extension Evaluator {
    /// `operation` on the values of `left` and `right`.
    func combine(
        _ operation: BinaryOperator, _ leftValue: Value, _ left: Node, _ rightValue: Value, _ right: Node
    ) throws(ExpressionError) -> Value {
        if case .string(let one) = leftValue, case .string(let other) = rightValue {
            if operation == .equal { return Value(one == other) }
            if operation == .notEqual { return Value(one != other) }
        }
        let one = try scalar(leftValue, left)
        let other = try scalar(rightValue, right)
        if let value = try combinePhysical(operation, one, other, left.span.through(right.span)) { return value }
        switch (operation, one, other) {
        case (.add, .pointer(let address, let target), .integer(let count, _)):
            return step(address, target, count)
        case (.add, .integer(let count, _), .pointer(let address, let target)):
            return step(address, target, count)
        case (.add, .pointer, .pointer):
            throw ExpressionError(
                "Two addresses cannot be added; cast one of them, as in `(u64)p`.", at: left.span.through(right.span))
        case (.subtract, .pointer(let address, let target), .integer(let count, _)):
            return step(address, target, 0 &- count)
        case (.subtract, .pointer(let end, let endTarget), .pointer(let start, let startTarget)):
            guard endTarget.byteCount == startTarget.byteCount else {
                throw ExpressionError(
                    "`\(ValueType.pointer(to: endTarget).description)` and `\(ValueType.pointer(to: startTarget).description)`"
                        + " count in different sizes; cast both, as in `(u64)p`.", at: left.span.through(right.span))
            }
            let bytes = Int64(bitPattern: end &- start)
            return Value(UInt64(bitPattern: bytes / Int64(endTarget.byteCount)), .i64)
        case (.shiftLeft, _, .integer(let count, let type)), (.shiftRight, _, .integer(let count, let type)):
            if type.isSigned && Int64(bitPattern: count) < 0 {
                throw ExpressionError("The shift count is negative: \(Int64(bitPattern: count)).", at: right.span)
            }
        default: break
        }
        guard let value = Arithmetic.apply(operation, one, other) else {
            throw ExpressionError("Division by zero.", at: right.span)
        }
        return value
    }

    /// `operation` with a physical address on one side or both; nil where there is none, or where two numbers are compared.
    private func combinePhysical(
        _ operation: BinaryOperator, _ left: Scalar, _ right: Scalar, _ span: SourceSpan
    ) throws(ExpressionError) -> Value? {
        func moved(_ address: UInt64, _ target: ValueType, _ count: UInt64) -> Value {
            .physical(GuestPhysicalAddress(address &+ count &* UInt64(target.byteCount)), to: target)
        }
        switch (left, right) {
        case (.physical(let address, let target), .integer(let count, _)):
            if operation == .add { return moved(address, target, count) }
            if operation == .subtract { return moved(address, target, 0 &- count) }
        case (.integer(let count, _), .physical(let address, let target)):
            if operation == .add { return moved(address, target, count) }
        case (.physical(let end, let target), .physical(let start, let other)):
            if operation == .subtract, target.byteCount == other.byteCount {
                return Value(UInt64(bitPattern: Int64(bitPattern: end &- start) / Int64(target.byteCount)), .i64)
            }
        case (.physical, .pointer), (.pointer, .physical):
            throw ExpressionError(
                "A physical and a virtual address have nothing in common; cast one of them, as in `(u64)$pc`.", at: span
            )
        default: return nil
        }
        if operation.isComparison { return nil }
        throw physicalArithmetic(span)
    }

    /// The pointer `count` targets behind `address`.
    func step(_ address: UInt64, _ target: ValueType, _ count: UInt64) -> Value {
        .pointer(GuestVirtualAddress(address &+ count &* UInt64(target.byteCount)), to: target)
    }

    /// Carries out `target operation= source`, or `target = source`; yields what the target then holds.
    func assign(
        to target: Node, _ operation: BinaryOperator?, _ source: Node
    ) throws(ExpressionError) -> Value {
        if case .dollar(let name) = target.kind { return try assign(to: name, target, operation, source) }
        let location = try location(of: target)
        guard location.type.isReadable else { throw unreadable(location, target) }
        let new = try sourceValue(target, operation, source) { () throws(ExpressionError) in
            try load(location, target.span)
        }
        let value = try scalar(new, source).converted(to: location.type)
        do {
            try context.writeMemory(value.bits ?? 0, at: location.address, count: location.type.byteCount)
        } catch {
            throw ExpressionError(error.message, at: target.span)
        }
        return value
    }

    private func assign(
        to name: String, _ target: Node, _ operation: BinaryOperator?, _ source: Node
    ) throws(ExpressionError) -> Value {
        let new = try sourceValue(target, operation, source) { () throws(ExpressionError) in try value(of: target) }
        if case .void = new { throw noValue(source) }
        let isRegister = context.isRegister(name)
        if isRegister { _ = try scalar(new, source) }
        do {
            if isRegister {
                try context.setRegister(name, to: new)
                // A register need not take every value: show what it holds now.
                return try context.registerValue(name) ?? new
            }
            try context.setVariable(name, to: new)
            return new
        } catch {
            throw ExpressionError(error.message, at: target.span)
        }
    }

    /// The value of `source`, or of `current operation source`.
    private func sourceValue(
        _ target: Node, _ operation: BinaryOperator?, _ source: Node, current: () throws(ExpressionError) -> Value
    ) throws(ExpressionError) -> Value {
        guard let operation else { return try value(of: source) }
        return try combine(operation, current(), target, value(of: source), source)
    }
}
