/// Why an expression could not be parsed or evaluated, and which part of its text is to blame.
public struct ExpressionError: Error, Equatable, Sendable {
    /// What is wrong and what to do, in complete sentences.
    public var message: String
    /// The part of the text that `message` is about.
    public var span: SourceSpan

    /// The error `message` about `span`.
    public init(_ message: String, at span: SourceSpan) {
        self.message = message
        self.span = span
    }
}

extension ExpressionError {
    /// Two lines: `text`, in which the error was found, and a caret with tildes under the part to blame.
    ///
    ///     $foo + 1
    ///     ^~~~
    ///
    /// Control characters of `text`, tabs among them, are shown as spaces, so that the columns agree.
    public func carets(under text: String) -> String {
        var shown = ""
        var marks = ""
        var offset = 0
        var marked = false
        for scalar in text.unicodeScalars {
            shown.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
            if offset < span.start {
                marks += " "
            } else if !marked {
                marks += "^"
                marked = true
            } else if offset < span.end {
                marks += "~"
            }
            offset += UTF8.width(scalar)
        }
        return shown + "\n" + marks + (marked ? "" : "^")
    }
}

/// Why a context could not do what an expression asked of it: a sentence that says what was tried, on what, why it failed
/// and what to do. The evaluator adds the place in the text.
public struct EvaluationFailure: Error, Equatable, Sendable {
    /// The sentence.
    public var message: String

    /// The failure that `message` tells.
    public init(_ message: String) { self.message = message }
}
