/// Whether a condition holds and, where it is a comparison, what was compared.
public struct ComparisonOutcome: Sendable {
    /// Whether the condition holds.
    public let isTrue: Bool
    /// The operands of a comparison at the top of the condition, else the whole condition: where each stands in the text,
    /// and its value.
    public let operands: [(span: SourceSpan, value: Value)]
}

extension Expression {
    /// Evaluates a condition so that a failure can show both sides; each side is evaluated once.
    public func compare(in context: any ExpressionContext) throws(ExpressionError) -> ComparisonOutcome {
        let evaluator = Evaluator(context: context)
        if case .binary(let operation, let left, let right) = root.kind, operation.isComparison {
            let leftValue = try evaluator.value(of: left)
            let rightValue = try evaluator.value(of: right)
            let outcome = try evaluator.combine(operation, leftValue, left, rightValue, right)
            return ComparisonOutcome(
                isTrue: outcome.bits != 0, operands: [(left.span, leftValue), (right.span, rightValue)])
        }
        let value = try evaluator.value(of: root)
        return ComparisonOutcome(
            isTrue: try evaluator.scalar(value, root).isTrue, operands: [(root.span, value)])
    }
}

extension BinaryOperator {
    /// Whether it yields 0 or 1.
    var isComparison: Bool {
        switch self {
        case .less, .greater, .lessOrEqual, .greaterOrEqual, .equal, .notEqual: return true
        default: return false
        }
    }
}
