import Debugger

/// `else`, which belongs to an `if`.
enum ElseWord {
    static var command: Command {
        Command(
            name: "else", group: .control, usage: ["else", "else if EXPRESSION"],
            summary: "Between \"if\" and \"end\": what is carried out otherwise",
            help: "Begins the lines of an \"if\" that are carried out when what stands before it is not true.",
            repetition: .never
        ) { (arguments, _) throws(CommandError) in
            throw .syntax(
                "\"else\" stands only between \"if\" and its \"end\".", SourceSpan(0, arguments.text.utf8.count))
        }
    }

    /// What follows `else`, and where; nil for any other command.
    static func rest(of text: CommandText) -> (text: String, span: SourceSpan)? {
        let bytes = Array(text.text.utf8)
        guard bytes.starts(with: "else".utf8) else { return nil }
        var start = 4
        guard bytes.count == start || Arguments.isBlank(bytes[start]) else { return nil }
        while start < bytes.count, Arguments.isBlank(bytes[start]) { start += 1 }
        return (String(decoding: bytes[start...], as: UTF8.self), SourceSpan(start, bytes.count))
    }
}

/// `end`, which ends a block.
enum EndWord {
    static var command: Command {
        Command(
            name: "end", group: .control, usage: ["end"],
            summary: "End the lines of \"if\", \"while\", \"test\", \"commands\" and so on",
            help: "Ends the lines that belong to the command before them.",
            repetition: .never
        ) { (arguments, _) throws(CommandError) in
            let what =
                arguments.isEmpty
                ? "There is no block here that this could end." : "Nothing is expected behind \"end\"."
            throw .syntax(what, SourceSpan(0, arguments.text.utf8.count))
        }
    }
}
