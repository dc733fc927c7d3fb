import Guest
import Types

extension FormatDirective {
    /// `value`, which the text at `argument` has, as this directive shows it.
    func render(
        _ value: Value, _ argument: SourceSpan, in context: any ExpressionContext
    ) throws(ExpressionError) -> [UInt8] {
        if conversion == .string { return padded(try string(value, argument, context)) }
        guard let scalar = Scalar(value) else {
            if case .string = value { throw ExpressionError("A string is shown by `%s` only.", at: argument) }
            if case .object(let object) = value {
                throw ExpressionError(
                    "A `\(object.type.declaration())` is shown member by member; `print` shows all of it.", at: argument
                )
            }
            if case .vector = value {
                throw ExpressionError("A vector is shown element by element: `[0]` is the first.", at: argument)
            }
            throw ExpressionError("This has no value yet.", at: argument)
        }
        switch conversion {
        case .character: return padded([UInt8(truncatingIfNeeded: scalar.bits)])
        case .pointer:
            if scalar.isFloat { throw Self.noAddress(argument) }
            return padded([UInt8](hex(scalar.bits).utf8))
        case .floatingPoint(let letter):
            return FloatText.formatted(
                scalar.number, flags: flags, width: width, precision: precision, conversion: letter)
        default: return number(scalar)
        }
    }

    /// The flags, as C's printf takes them.
    private var flags: String {
        (isLeft ? "-" : "") + (isZeroPadded ? "0" : "") + (isAlternate ? "#" : "") + (hasPlus ? "+" : "")
            + (hasSpace ? " " : "")
    }

    private static func noAddress(_ argument: SourceSpan) -> ExpressionError {
        ExpressionError("A floating-point number is no address; %f, %e, %g and %a show it.", at: argument)
    }

    /// An integer; a floating-point number is cut off to one.
    private func number(_ value: Scalar) -> [UInt8] {
        var type = value.isFloat ? IntegerType.i64 : .u64
        if case .integer(_, let own) = value { type = own }
        type = length ?? type
        let bits = type.extended(value.bits)
        var sign = ""
        var prefix = ""
        var digits: String
        switch conversion {
        case .unsigned: digits = String(type.masked(bits))
        case .hexadecimal, .upperHexadecimal:
            digits = String(type.masked(bits), radix: 16, uppercase: conversion == .upperHexadecimal)
            if isAlternate && bits != 0 { prefix = conversion == .upperHexadecimal ? "0X" : "0x" }
        case .octal:
            digits = String(type.masked(bits), radix: 8)
        default:
            let signed = Int64(bitPattern: bits)
            digits = String(signed.magnitude)
            sign = signed < 0 ? "-" : hasPlus ? "+" : hasSpace ? " " : ""
        }
        if let precision {
            if precision == 0 && bits == 0 { digits = "" }
            digits = zeros(precision - digits.utf8.count) + digits
        }
        if conversion == .octal && isAlternate && digits.utf8.first != UInt8(ascii: "0") { digits = "0" + digits }
        if isZeroPadded && !isLeft && precision == nil {
            digits = zeros(width - sign.utf8.count - prefix.utf8.count - digits.utf8.count) + digits
        }
        return padded([UInt8]((sign + prefix + digits).utf8))
    }

    private func zeros(_ count: Int) -> String { String(repeating: "0", count: max(0, count)) }

    private func padded(_ bytes: [UInt8]) -> [UInt8] {
        let spaces = [UInt8](repeating: UInt8(ascii: " "), count: max(0, width - bytes.count))
        return isLeft ? bytes + spaces : spaces + bytes
    }

    /// The bytes of a string, or those at a guest's address up to a NUL.
    private func string(
        _ value: Value, _ argument: SourceSpan, _ context: any ExpressionContext
    ) throws(ExpressionError) -> [UInt8] {
        if let bytes = value.text { return [UInt8](bytes.prefix(precision ?? .max)) }
        guard let address = value.address else {
            switch value {
            case .float: throw Self.noAddress(argument)
            case .vector: throw ExpressionError("A vector is no address.", at: argument)
            case .object(let object):
                throw ExpressionError("A `\(object.type.declaration())` is no address.", at: argument)
            default: throw ExpressionError("This has no value yet.", at: argument)
            }
        }
        do throws(EvaluationFailure) {
            return try GuestString.read(at: address, limit: precision, in: context)
        } catch {
            throw ExpressionError(error.message, at: argument)
        }
    }
}
