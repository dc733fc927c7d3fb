/// What an expression can call, by its name behind the dollar: `$env("HOME")`.
enum Function: String, Sendable {
    /// The environment variable whose name is a string, as a string; void when it is not set.
    case environment = "env"
    /// 1 for what is void, else 0.
    case isVoid = "_isvoid"
}

extension Evaluator {
    /// The value of `function` for `operand`.
    func call(_ function: Function, _ operand: Node) throws(ExpressionError) -> Value {
        let value = try value(of: operand)
        switch function {
        case .isVoid: return Value(value == .void)
        case .environment:
            guard case .string(let name) = value else {
                throw ExpressionError(
                    "The name of an environment variable is a string, as in `$env(\"HOME\")`.", at: operand.span)
            }
            return context.environment(String(decoding: name, as: UTF8.self)).map { .string([UInt8]($0.utf8)) } ?? .void
        }
    }
}
