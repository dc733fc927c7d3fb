import Debugger

/// The line and the mark under a spot in it.
enum Caret {
    /// Two lines: the command, and a caret under the span.
    static func lines(_ text: String, _ span: SourceSpan) -> [String] {
        let shown = ExpressionError("", at: span).carets(under: text)
        return shown.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }
}
