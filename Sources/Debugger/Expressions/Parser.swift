/// Builds expressions from tokens, by precedence climbing.
struct Parser {
    /// How deeply brackets, prefix operators, `?:` and assignments may nest, and how many operators an expression may have:
    /// together they bound the stack that parsing, evaluating and freeing it take.
    private static let nestingLimit = 200
    private static let operatorLimit = 1000

    private var lexer: Lexer
    /// The first token that was not used yet.
    private(set) var token: Token
    private var hasAssignment = false
    private var nesting = 0
    private var operators = 0

    init(_ text: String, from offset: Int) {
        lexer = Lexer([UInt8](text.utf8), from: offset)
        token = lexer.next()
    }

    mutating func advance() { token = lexer.next() }

    /// Whether the next token is `mark`.
    func isNext(_ mark: Mark) -> Bool {
        if case .mark(mark) = token.kind { return true }
        return false
    }

    /// Takes `mark`, which closes the bracket at `opening`.
    mutating func close(_ mark: Mark, opening: SourceSpan) throws(ExpressionError) -> SourceSpan {
        let span = token.span
        switch token.kind {
        case .mark(mark):
            advance()
            return span
        case .end: throw ExpressionError("This bracket is not closed: a `\(mark.rawValue)` is missing.", at: opening)
        default: throw unexpected("an operator or `\(mark.rawValue)`")
        }
    }

    /// The error that the next token is not what is `wanted` here.
    func unexpected(_ wanted: String) -> ExpressionError {
        switch token.kind {
        case .invalid(let error): return error
        case .end: return ExpressionError("The expression ends too early: \(wanted) is missing here.", at: token.span)
        case .mark(.increment):
            return ExpressionError("There is no `++`: write `x += 1`, or `+ +x` for two signs.", at: token.span)
        case .mark(.decrement):
            return ExpressionError("There is no `--`: write `x -= 1`, or `- -x` for two signs.", at: token.span)
        default: return ExpressionError("Here \(wanted) is expected.", at: token.span)
        }
    }

    /// A whole expression, to which the limits apply.
    mutating func whole() throws(ExpressionError) -> Expression {
        hasAssignment = false
        operators = 0
        let root = try expression()
        return Expression(root: root, hasAssignment: hasAssignment)
    }

    /// An expression, a part of another one or not: the lowest precedence, so assignments.
    mutating func expression() throws(ExpressionError) -> Node {
        let target = try conditional()
        guard case .mark(let mark) = token.kind, let (operation, span) = assignment(mark) else { return target }
        guard target.isAssignable else {
            throw ExpressionError(
                "This cannot be set: only registers, variables, objects, `*p`, `p[i]`, `p->m` and `{TYPE}address` can."
                    + (operation == nil ? " To compare, write `==`." : ""), at: target.span)
        }
        try enter(span)
        advance()
        let value = try expression()
        leave()
        hasAssignment = true
        return Node(.assignment(target, operation, value), target.span.through(value.span))
    }

    private func assignment(_ mark: Mark) -> (BinaryOperator?, SourceSpan)? {
        switch mark {
        case .equals: return (nil, token.span)
        case .plusEquals: return (.add, token.span)
        case .minusEquals: return (.subtract, token.span)
        case .starEquals: return (.multiply, token.span)
        case .slashEquals: return (.divide, token.span)
        case .percentEquals: return (.remainder, token.span)
        case .ampersandEquals: return (.and, token.span)
        case .barEquals: return (.or, token.span)
        case .caretEquals: return (.exclusiveOr, token.span)
        case .shiftLeftEquals: return (.shiftLeft, token.span)
        case .shiftRightEquals: return (.shiftRight, token.span)
        default: return nil
        }
    }

    private mutating func conditional() throws(ExpressionError) -> Node {
        let condition = try binary(atLeast: 1)
        guard isNext(.question) else { return condition }
        let question = token.span
        try enter(question)
        advance()
        let whenTrue = try expression()
        guard isNext(.colon) else { throw unexpected("an operator or the `:` of `a ? b : c`") }
        advance()
        let whenFalse = try conditional()
        leave()
        return Node(.conditional(condition, whenTrue, whenFalse), condition.span.through(whenFalse.span))
    }

    private mutating func binary(atLeast lowest: Int) throws(ExpressionError) -> Node {
        var left = try prefix()
        while case .mark(let mark) = token.kind, let (precedence, operation) = Self.infix(mark), precedence >= lowest {
            try count(token.span)
            advance()
            let right = try binary(atLeast: precedence + 1)
            left = Node(operation(left, right), left.span.through(right.span))
        }
        return left
    }

    /// C's precedence of the infix operators, the loosest 1, all of them left-associative; and what they build.
    private static func infix(_ mark: Mark) -> (Int, (Node, Node) -> Node.Kind)? {
        func node(_ operation: BinaryOperator) -> (Node, Node) -> Node.Kind { { .binary(operation, $0, $1) } }
        switch mark {
        case .eitherTrue: return (1, { .either($0, $1) })
        case .bothTrue: return (2, { .both($0, $1) })
        case .bar: return (3, node(.or))
        case .caret: return (4, node(.exclusiveOr))
        case .ampersand: return (5, node(.and))
        case .equal: return (6, node(.equal))
        case .notEqual: return (6, node(.notEqual))
        case .less: return (7, node(.less))
        case .greater: return (7, node(.greater))
        case .lessOrEqual: return (7, node(.lessOrEqual))
        case .greaterOrEqual: return (7, node(.greaterOrEqual))
        case .shiftLeft: return (8, node(.shiftLeft))
        case .shiftRight: return (8, node(.shiftRight))
        case .plus: return (9, node(.add))
        case .minus: return (9, node(.subtract))
        case .star: return (10, node(.multiply))
        case .slash: return (10, node(.divide))
        case .percent: return (10, node(.remainder))
        default: return nil
        }
    }

    /// Counts an operator, at `span`, and goes one level deeper; the caller comes back by `leave()`.
    mutating func enter(_ span: SourceSpan) throws(ExpressionError) {
        nesting += 1
        guard nesting <= Self.nestingLimit else {
            throw ExpressionError("The expression nests more than \(Self.nestingLimit) levels deep.", at: span)
        }
        try count(span)
    }

    mutating func leave() { nesting -= 1 }

    /// Counts an operator, at `span`.
    mutating func count(_ span: SourceSpan) throws(ExpressionError) {
        operators += 1
        guard operators <= Self.operatorLimit else {
            throw ExpressionError(
                "The expression has more than \(Self.operatorLimit) operators; compute parts of it into variables first.",
                at: span)
        }
    }
}
