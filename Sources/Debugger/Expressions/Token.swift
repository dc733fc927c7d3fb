/// A word of an expression's text, with its place.
struct Token {
    enum Kind {
        /// Behind the last word.
        case end
        case integer(UInt64, IntegerType)
        case float(UInt64, FloatType)
        case string(EscapedText)
        /// A symbol's, a type's or a keyword's name.
        case name(String)
        /// `$name`, without the `$`; with the dots and what stands behind them, as in `timer.time`.
        case dollar(String)
        /// `$`, `$$`, `$4`, `$$4`.
        case history(HistoryIndex)
        case mark(Mark)
        /// `phys:`, without a blank in it.
        case physical
        /// No word at all. Thrown only when the parser needs the token: what follows an expression may be no expression.
        case invalid(ExpressionError)
    }

    var kind: Kind
    var span: SourceSpan
}

/// The operators and brackets.
enum Mark: String, Sendable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case question = "?"
    case colon = ":"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case tilde = "~"
    case exclamation = "!"
    case ampersand = "&"
    case bar = "|"
    case caret = "^"
    case less = "<"
    case greater = ">"
    case equals = "="
    case dot = "."
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case bothTrue = "&&"
    case eitherTrue = "||"
    case increment = "++"
    case decrement = "--"
    case arrow = "->"
    case plusEquals = "+="
    case minusEquals = "-="
    case starEquals = "*="
    case slashEquals = "/="
    case percentEquals = "%="
    case ampersandEquals = "&="
    case barEquals = "|="
    case caretEquals = "^="
    case shiftLeftEquals = "<<="
    case shiftRightEquals = ">>="
}
