import Guest
import Types

extension Evaluator {
    /// `operation` on the values of `left` and `right`.
    func combine(
        _ operation: BinaryOperator, _ leftValue: Value, _ left: Node, _ rightValue: Value, _ right: Node
    ) throws(ExpressionError) -> Value {
        if let one = leftValue.text, let other = rightValue.text {
            if operation == .equal { return Value(one == other) }
            if operation == .notEqual { return Value(one != other) }
        }
        if case .vector(let one) = leftValue, case .vector(let other) = rightValue {
            if operation == .equal { return Value(try areEqual(one, other, right)) }
            if operation == .notEqual { return Value(try !areEqual(one, other, right)) }
        }
        let one = try scalar(leftValue, left)
        let other = try scalar(rightValue, right)
        if let value = try combinePhysical(operation, one, other, left.span.through(right.span)) { return value }
        switch (operation, one, other) {
        case (_, .pointer, .float), (_, .float, .pointer), (_, .physical, .float), (_, .float, .physical):
            throw ExpressionError(
                "An address and a floating-point number do not go together; cast one of them, as in `(u64)p`.",
                at: left.span.through(right.span))
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
            guard endTarget.stride == startTarget.stride else {
                throw ExpressionError(
                    "`\(ValueType.pointer(to: endTarget).description)` and `\(ValueType.pointer(to: startTarget).description)`"
                        + " count in different sizes; cast both, as in `(u64)p`.", at: left.span.through(right.span))
            }
            let bytes = Int64(bitPattern: end &- start)
            return Value(UInt64(bitPattern: bytes / Int64(endTarget.stride)), .i64)
        case (.shiftLeft, _, .integer(let count, let type)), (.shiftRight, _, .integer(let count, let type)):
            if type.isSigned && Int64(bitPattern: count) < 0 {
                throw ExpressionError("The shift count is negative: \(Int64(bitPattern: count)).", at: right.span)
            }
        default: break
        }
        if let value = Arithmetic.apply(operation, one, other) { return value }
        if one.isFloat || other.isFloat {
            throw ExpressionError(
                "`\(operation.spelling)` works on integers, not on floating-point numbers; write a cast, as in `(i64)x`.",
                at: left.span.through(right.span))
        }
        throw ExpressionError("Division by zero.", at: right.span)
    }

    /// `operation` with a physical address on one side or both; nil where there is none, or where two numbers are compared.
    private func combinePhysical(
        _ operation: BinaryOperator, _ left: Scalar, _ right: Scalar, _ span: SourceSpan
    ) throws(ExpressionError) -> Value? {
        func moved(_ address: UInt64, _ target: ValueType, _ count: UInt64) -> Value {
            .physical(GuestPhysicalAddress(address &+ count &* UInt64(target.stride)), to: target)
        }
        switch (left, right) {
        case (.physical(let address, let target), .integer(let count, _)):
            if operation == .add { return moved(address, target, count) }
            if operation == .subtract { return moved(address, target, 0 &- count) }
        case (.integer(let count, _), .physical(let address, let target)):
            if operation == .add { return moved(address, target, count) }
        case (.physical(let end, let target), .physical(let start, let other)):
            if operation == .subtract, target.stride == other.stride {
                return Value(UInt64(bitPattern: Int64(bitPattern: end &- start) / Int64(target.stride)), .i64)
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
        .pointer(GuestVirtualAddress(address &+ count &* UInt64(target.stride)), to: target)
    }

    /// Carries out `target operation= source`, or `target = source`; yields what the target then holds.
    func assign(
        to target: Node, _ operation: BinaryOperator?, _ source: Node
    ) throws(ExpressionError) -> Value {
        let target = undotted(target)
        switch target.kind {
        case .dollar(let name): return try assign(to: name, target, operation, source)
        case .view(let type, let name, _):
            let new = try sourceValue(target, operation, source) { () throws(ExpressionError) in try value(of: target) }
            return try setView(type, of: name, target.span, to: new, source)
        case .index(let operand, let index):
            let base = try pointing(operand)
            if case .vector(let vector) = base { return try assign(to: vector, operand, index, operation, source) }
            guard case .memory(let location) = try element(index, of: base, target) else { throw copied(target) }
            return try assign(at: location, target, operation, source)
        default:
            guard case .memory(let location) = try place(of: target) else { throw copied(target) }
            return try assign(at: location, target, operation, source)
        }
    }

    private func copied(_ target: Node) -> ExpressionError {
        ExpressionError(
            "This is part of a value that was copied; set it in the guest's memory, as in `set p->MEMBER = VALUE`.",
            at: target.span)
    }

    private func assign(
        at location: MemoryLocation, _ target: Node, _ operation: BinaryOperator?, _ source: Node
    ) throws(ExpressionError) -> Value {
        guard location.type.isReadable else { throw unreadable(location, target) }
        let new = try sourceValue(target, operation, source) { () throws(ExpressionError) in
            try load(location, target.span)
        }
        let value = try convert(scalar(new, source), to: location.type, source)
        try store(value.representation ?? 0, location, target.span)
        guard let field = location.bits, case .described(let bits, let type) = value else { return value }
        // A bit-field holds what fits in.
        return .described(type.extended(bits, bitCount: field.count), type)
    }

    private func assign(
        to name: String, _ target: Node, _ operation: BinaryOperator?, _ source: Node
    ) throws(ExpressionError) -> Value {
        let isRegister = context.isRegister(name)
        if !isRegister && name.utf8.contains(UInt8(ascii: ".")) { throw noRegister(name, target.span) }
        var current: Value?
        var new = try sourceValue(target, operation, source) { () throws(ExpressionError) in
            let value = try value(of: target)
            current = value
            return value
        }
        if case .void = new { throw noValue(source) }
        // What is a single stays one, as in C: `$fa0 += 1`.
        if case .float(_, let type) = current { new = try scalar(new, source).converted(to: .float(type)) }
        if isRegister { new = try registerValue(new, for: name, target, source) }
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

    /// `new`, which `source` has, if the register `name` can be set to it: a number; for a vector register its elements.
    private func registerValue(
        _ new: Value, for name: String, _ target: Node, _ source: Node
    ) throws(ExpressionError) -> Value {
        if context.isVectorRegister(name), case .vector(let vector) = try value(of: target) {
            return .vector(try elements(new, like: vector, source))
        }
        _ = try scalar(new, source)
        return new
    }

    /// Sets the element `index` of `vector`, which `operand` has: a vector register, one of its views, or a variable.
    private func assign(
        to vector: VectorValue, _ operand: Node, _ index: Node, _ operation: BinaryOperator?, _ source: Node
    ) throws(ExpressionError) -> Value {
        let (number, current) = try element(of: vector, index)
        let new = try sourceValue(operand, operation, source) { () throws(ExpressionError) in
            current.converted(to: vector.element)
        }
        let changed = Value.vector(vector.replacing(number, by: try scalar(new, source)))
        let result: Value
        switch operand.kind {
        case .dollar(let name):
            do {
                if context.isRegister(name) {
                    try context.setRegister(name, to: changed)
                    result = try context.registerValue(name) ?? changed
                } else {
                    try context.setVariable(name, to: changed)
                    result = changed
                }
            } catch {
                throw ExpressionError(error.message, at: operand.span)
            }
        case .view(let type, let name, _): result = try setView(type, of: name, operand.span, to: changed, source)
        default:
            throw ExpressionError(
                "Only the elements of a register or a variable can be set.", at: operand.span)
        }
        guard case .vector(let vector) = result, let value = vector[number] else { return new }
        return value.converted(to: vector.element)
    }

    /// The value of `source`, or of `current operation source`.
    private func sourceValue(
        _ target: Node, _ operation: BinaryOperator?, _ source: Node, current: () throws(ExpressionError) -> Value
    ) throws(ExpressionError) -> Value {
        guard let operation else { return try value(of: source) }
        return try combine(operation, current(), target, value(of: source), source)
    }
}

extension BinaryOperator {
    /// How it is written.
    var spelling: String {
        switch self {
        case .multiply: return "*"
        case .divide: return "/"
        case .remainder: return "%"
        case .add: return "+"
        case .subtract: return "-"
        case .shiftLeft: return "<<"
        case .shiftRight: return ">>"
        case .less: return "<"
        case .greater: return ">"
        case .lessOrEqual: return "<="
        case .greaterOrEqual: return ">="
        case .equal: return "=="
        case .notEqual: return "!="
        case .and: return "&"
        case .exclusiveOr: return "^"
        case .or: return "|"
        }
    }
}
