extension Expression {
    /// Parses all of `text` from the UTF-8 offset `offset` on. Spans, those of errors too, count from the start of `text`, so
    /// that a caret can be put under a whole command line.
    public init(parsing text: String, from offset: Int = 0) throws(ExpressionError) {
        var parser = Parser(text, from: offset)
        self = try parser.whole()
        guard case .end = parser.token.kind else { throw parser.unexpected("an operator or the end") }
    }

    /// Parses the expression that `text` begins with at the UTF-8 offset `offset`, as far as it goes. `end` is the offset of
    /// the first word that does not belong to it, or the end of the text.
    public static func prefix(
        of text: String, from offset: Int = 0
    ) throws(ExpressionError) -> (expression: Expression, end: Int) {
        var parser = Parser(text, from: offset)
        let expression = try parser.whole()
        return (expression, parser.token.span.start)
    }

    /// Parses the expressions that stand, separated by commas, in `text` from the UTF-8 offset `offset` on; at least one.
    public static func list(parsing text: String, from offset: Int = 0) throws(ExpressionError) -> [Expression] {
        var parser = Parser(text, from: offset)
        return try list(&parser)
    }

    /// Parses expressions separated by commas up to the end.
    static func list(_ parser: inout Parser) throws(ExpressionError) -> [Expression] {
        var expressions = [try parser.whole()]
        while parser.isNext(.comma) {
            parser.advance()
            expressions.append(try parser.whole())
        }
        guard case .end = parser.token.kind else { throw parser.unexpected("an operator, `,` or the end") }
        return expressions
    }
}
