/// `history [N]`: what was typed.
enum History {
    static var command: Command {
        Command(
            name: "history", group: .support,
            usage: ["history", "history COUNT"],
            summary: "List the lines that were typed",
            help: "Lists the lines that were typed, in this session and in those before, or the last COUNT of them."
        ) { (arguments, _) throws(CommandError) in
            var count = 1000
            if let (word, span) = arguments.takeWord() {
                guard let number = Number.parse(word).flatMap({ Int(exactly: $0) }) else {
                    throw .syntax("A count of lines is expected here.", span)
                }
                count = number
            }
            return { (context) throws(CommandError) in
                let lines = context.typedLines()
                let first = max(0, lines.count - count)
                for (index, line) in lines.enumerated().dropFirst(first) {
                    let number = "\(index + 1)"
                    context.line(String(repeating: " ", count: max(0, 5 - number.utf8.count)) + number + "  " + line)
                }
            }
        }
    }
}
