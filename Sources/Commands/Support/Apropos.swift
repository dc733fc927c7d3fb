/// `apropos WORD`: the commands that speak of something.
enum Apropos {
    static var command: Command {
        Command(
            name: "apropos", group: .support,
            usage: ["apropos WORD"],
            summary: "List the commands whose help has a word",
            help: "Lists the commands in whose name, summary or help the text stands, in upper or lower case.",
            completion: .commands
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.isEmpty { throw .syntax("A word is missing.", arguments.restSpan) }
            let word = arguments.takeRest().text
            let all = parsing.table.flattened + CommandTable.flatten(parsing.table.definitions, "")
            let found = all.filter { (path, command) in
                contains(path, word) || contains(command.summary, word) || contains(command.help, word)
            }
            return { (context) throws(CommandError) in
                if found.isEmpty { throw .failed("No command's help has \"\(word)\".", nil) }
                for (path, command) in found { context.line(Help.row(path, command.summary)) }
            }
        }
    }

    private static func contains(_ text: String, _ word: String) -> Bool {
        let text = Array(text.lowercased().utf8)
        let word = Array(word.lowercased().utf8)
        guard word.count <= text.count else { return false }
        return (0...(text.count - word.count)).contains { text[$0..<$0 + word.count].elementsEqual(word) }
    }
}
