import Guest

/// The operators on numbers. Nothing here traps: what C leaves undefined wraps or is refused.
enum Arithmetic {
    /// `operation` on `operand`, widened to 64 bits.
    /// nil for the complement of a floating-point number.
    static func apply(_ operation: PrefixOperator, _ operand: Scalar) -> Value? {
        if case .float(let bits, let type) = operand { return FloatArithmetic.apply(operation, bits, type) }
        let type: IntegerType = operand.isSigned ? .i64 : .u64
        switch operation {
        case .plus: return Value(operand.bits, type)
        case .minus: return Value(0 &- operand.bits, type)
        case .complement: return Value(~operand.bits, type)
        case .not: return Value(operand.bits == 0)
        }
    }

    /// `operation` on two numbers or addresses taken as numbers; nil for a division of integers by zero, and for what is not
    /// defined for floating-point numbers.
    static func apply(_ operation: BinaryOperator, _ left: Scalar, _ right: Scalar) -> Value? {
        if left.isFloat || right.isFloat { return FloatArithmetic.apply(operation, left, right) }
        switch operation {
        case .shiftLeft: return Value(left.bits << right.bits, left.isSigned ? .i64 : .u64)
        case .shiftRight where left.isSigned: return Value(bits(Int64(bitPattern: left.bits) >> right.bits), .i64)
        case .shiftRight: return Value(left.bits >> right.bits, .u64)
        default: break
        }
        if left.isSigned && right.isSigned {
            return signed(operation, Int64(bitPattern: left.bits), Int64(bitPattern: right.bits))
        }
        return unsigned(operation, left.bits, right.bits)
    }

    private static func signed(_ operation: BinaryOperator, _ left: Int64, _ right: Int64) -> Value? {
        switch operation {
        case .divide:
            // The only overflow, of the least integer by -1, wraps.
            return right == 0 ? nil : Value(bits(left.dividedReportingOverflow(by: right).partialValue), .i64)
        case .remainder:
            return right == 0 ? nil : Value(bits(left.remainderReportingOverflow(dividingBy: right).partialValue), .i64)
        case .less: return Value(left < right)
        case .greater: return Value(left > right)
        case .lessOrEqual: return Value(left <= right)
        case .greaterOrEqual: return Value(left >= right)
        default: return common(operation, bits(left), bits(right), .i64)
        }
    }

    private static func unsigned(_ operation: BinaryOperator, _ left: UInt64, _ right: UInt64) -> Value? {
        switch operation {
        case .divide: return right == 0 ? nil : Value(left / right, .u64)
        case .remainder: return right == 0 ? nil : Value(left % right, .u64)
        case .less: return Value(left < right)
        case .greater: return Value(left > right)
        case .lessOrEqual: return Value(left <= right)
        case .greaterOrEqual: return Value(left >= right)
        default: return common(operation, left, right, .u64)
        }
    }

    /// What does not depend on the sign but for the type of the result.
    private static func common(
        _ operation: BinaryOperator, _ left: UInt64, _ right: UInt64, _ type: IntegerType
    ) -> Value? {
        switch operation {
        case .multiply: return Value(left &* right, type)
        case .add: return Value(left &+ right, type)
        case .subtract: return Value(left &- right, type)
        case .and: return Value(left & right, type)
        case .exclusiveOr: return Value(left ^ right, type)
        case .or: return Value(left | right, type)
        case .equal: return Value(left == right)
        case .notEqual: return Value(left != right)
        default: return nil
        }
    }

    private static func bits(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) }
}
