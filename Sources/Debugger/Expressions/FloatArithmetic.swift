/// The operators on numbers of which at least one is a floating-point number.
enum FloatArithmetic {
    /// `operation` on a number of type `type` with the representation `bits`; nil for the complement, which integers alone have.
    static func apply(_ operation: PrefixOperator, _ bits: UInt64, _ type: FloatType) -> Value? {
        switch operation {
        case .plus: return .float(bits, type)
        // Only the sign is changed, of a NaN too.
        case .minus: return .float(bits ^ (type == .f32 ? 1 << 31 : 1 << 63), type)
        case .complement: return nil
        case .not: return Value(type.number(bits) == 0)
        }
    }

    /// `operation` on two numbers, in double precision if one of them has it, else in single: an integer is converted, as in C.
    /// They are compared in double precision. nil for an operation that integers alone have.
    static func apply(_ operation: BinaryOperator, _ left: Scalar, _ right: Scalar) -> Value? {
        let (one, other) = (left.number, right.number)
        switch operation {
        case .less: return Value(one < other)
        case .greater: return Value(one > other)
        case .lessOrEqual: return Value(one <= other)
        case .greaterOrEqual: return Value(one >= other)
        case .equal: return Value(one == other)
        case .notEqual: return Value(one != other)
        default: break
        }
        if left.type != .float(.f64), right.type != .float(.f64) {
            guard let result = single(operation, left.single, right.single) else { return nil }
            return .float(UInt64(result.bitPattern), .f32)
        }
        switch operation {
        case .multiply: return .float((one * other).bitPattern, .f64)
        case .divide: return .float((one / other).bitPattern, .f64)
        case .add: return .float((one + other).bitPattern, .f64)
        case .subtract: return .float((one - other).bitPattern, .f64)
        default: return nil
        }
    }

    private static func single(_ operation: BinaryOperator, _ left: Float, _ right: Float) -> Float? {
        switch operation {
        case .multiply: return left * right
        case .divide: return left / right
        case .add: return left + right
        case .subtract: return left - right
        default: return nil
        }
    }
}
