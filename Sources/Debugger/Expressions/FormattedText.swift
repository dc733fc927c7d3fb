/// A format string and its arguments, as `printf` takes them: `"%d at %#lx\n", $a0, $pc`.
///
/// The conversions are C's: %d %i %u %x %X %o %f %e %g %a %c %s %p %%, with flags, width and precision. A number without a length
/// modifier is shown in the width of its own type, up to 64 bits. `%s` takes a string, or the address of a NUL-terminated one
/// in guest memory, of which at most 4096 bytes are shown.
public struct FormattedText: Sendable {
    private enum Piece {
        case text([UInt8])
        case directive(FormatDirective)
    }

    private var pieces: [Piece] = []
    /// What is shown in it.
    public let arguments: [Expression]

    /// Parses the rest of `text` from the UTF-8 offset `offset` on. Spans count from the start of `text`. Throws also when the
    /// number of arguments is wrong.
    public init(parsing text: String, from offset: Int = 0) throws(ExpressionError) {
        var parser = Parser(text, from: offset)
        guard case .string(let format) = parser.token.kind else {
            throw parser.unexpected("a format string, as in \"%d\\n\",")
        }
        parser.advance()
        switch parser.token.kind {
        case .end: arguments = []
        case .mark(.comma):
            parser.advance()
            arguments = try Expression.list(&parser)
        default: throw parser.unexpected("`,` or the end")
        }
        try parse(format)
        try checkCount()
    }

    /// Whether evaluating an argument may change something.
    public var hasAssignment: Bool { arguments.contains { $0.hasAssignment } }

    /// The text with the arguments' values; bytes, since strings of the guest need not be UTF-8.
    public func render(in context: any ExpressionContext) throws(ExpressionError) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = arguments[...]
        for piece in pieces {
            switch piece {
            case .text(let text): bytes += text
            case .directive(let directive):
                guard let argument = rest.popFirst() else { continue }
                let evaluator = Evaluator(context: context)
                let value = try evaluator.value(of: argument.root)
                if case .void = value { throw evaluator.noValue(argument.root) }
                bytes += try directive.render(value, argument.span, in: context)
            }
        }
        return bytes
    }

    private mutating func parse(_ format: EscapedText) throws(ExpressionError) {
        var position = 0
        var text: [UInt8] = []
        while position < format.bytes.count {
            let byte = format.bytes[position]
            if byte == UInt8(ascii: "%"), let directive = try FormatDirective.parse(format, at: &position) {
                if !text.isEmpty { pieces.append(.text(text)) }
                text = []
                pieces.append(.directive(directive))
                continue
            }
            text.append(byte)
            if byte != UInt8(ascii: "%") { position += 1 }
        }
        if !text.isEmpty { pieces.append(.text(text)) }
    }

    private func checkCount() throws(ExpressionError) {
        var count = 0
        for case .directive(let directive) in pieces {
            count += 1
            guard count <= arguments.count else {
                throw ExpressionError("There is no argument for this conversion.", at: directive.span)
            }
        }
        guard count == arguments.count else {
            throw ExpressionError(
                "The format has \(count) conversion\(count == 1 ? "" : "s"), so there is nothing to show this argument with.",
                at: arguments[count].span)
        }
    }
}
