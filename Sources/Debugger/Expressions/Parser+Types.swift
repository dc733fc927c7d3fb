import Types

extension Parser {
    /// The type that stands before `closing`, the bracket that closes the one at `opening`, and the bracket; nil, and nothing is
    /// taken, where there is no type. One word that is no type of the language's own can be a typedef or a symbol: it is a type
    /// with a star behind it, and where `isType` holds for the token behind the bracket.
    mutating func typeBefore(
        _ closing: Mark, opening: SourceSpan, isType: (Token.Kind) -> Bool
    ) throws(ExpressionError) -> TypeName? {
        guard case .name(let word) = token.kind else { return nil }
        if TypeNames.isType(word) {
            let type = try type()
            _ = try close(closing, opening: opening)
            return type
        }
        // What has dots in it is a member, or a name that a compiler made.
        if word.utf8.contains(UInt8(ascii: ".")) { return nil }
        let saved = self
        let span = token.span
        advance()
        if let type = try? starred(.declared(nil, word), span), isNext(closing) {
            advance()
            if type.stars > 0 || isType(token.kind) { return type }
        }
        self = saved
        return nil
    }

    /// `sizeof(type)` or `sizeof operand`, whose first word is the next token.
    mutating func byteCount() throws(ExpressionError) -> Node {
        let start = token.span
        try enter(start)
        advance()
        defer { leave() }
        if isNext(.leftParenthesis) {
            let opening = token.span
            let saved = self
            advance()
            if let type = try typeBefore(.rightParenthesis, opening: opening, isType: { _ in true }) {
                return Node(.byteCount(type), start.through(type.span))
            }
            self = saved
        }
        let operand = try prefix()
        return Node(.byteCountOf(operand), start.through(operand.span))
    }

    /// A type, whose first word is the next token, with its stars.
    mutating func type() throws(ExpressionError) -> TypeName {
        var span = token.span
        skipQualifiers(&span)
        var words: [String] = []
        while case .name(let word) = token.kind, TypeNames.isCWord(word), words.count < 8 {
            words.append(word)
            span = span.through(token.span)
            advance()
            skipQualifiers(&span)
        }
        if !words.isEmpty {
            guard let type = TypeNames.combined(words) else {
                throw ExpressionError("These words together name no type.", at: span)
            }
            return try starred(.known(type), span)
        }
        guard case .name(let word) = token.kind else { throw unexpected("the name of a type") }
        span = span.through(token.span)
        advance()
        if let type = TypeNames.single(word) { return try starred(.known(type), span) }
        guard let keyword = TypeKeyword(rawValue: word) else { return try starred(.declared(nil, word), span) }
        guard case .name(let name) = token.kind else {
            throw unexpected("the name of the type, as in `\(word) NAME`,")
        }
        span = span.through(token.span)
        advance()
        return try starred(.declared(keyword, name), span)
    }

    private mutating func starred(_ base: TypeName.Base, _ start: SourceSpan) throws(ExpressionError) -> TypeName {
        var span = start
        var stars = 0
        skipQualifiers(&span)
        while isNext(.star) {
            span = span.through(token.span)
            stars += 1
            guard stars <= 8 else { throw ExpressionError("A pointer has at most 8 stars.", at: span) }
            advance()
            skipQualifiers(&span)
        }
        return TypeName(base, stars: stars, span)
    }

    private mutating func skipQualifiers(_ span: inout SourceSpan) {
        while case .name(let word) = token.kind, TypeNames.isQualifier(word) {
            span = span.through(token.span)
            advance()
        }
    }
}
