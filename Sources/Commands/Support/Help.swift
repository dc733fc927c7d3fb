import Debugger
import Guest
import Reports

/// `help [COMMAND]`: what the table says.
enum Help {
    static var command: Command {
        Command(
            name: "help", aliases: ["h"], group: .support,
            usage: ["help", "help COMMAND"],
            summary: "List the commands, or tell about one",
            help:
                "Lists all commands, or tells how one is written and what it does. Unique prefixes of names work everywhere.",
            completion: .commands
        ) { (arguments, parsing) throws(CommandError) in
            var words: [String] = []
            let span = arguments.restSpan
            while let (word, _) = arguments.takeWord() { words.append(word) }
            if words.isEmpty { return { (context) throws(CommandError) in list(context) } }
            guard let (command, path) = parsing.table.command(words) else {
                let near = Spelling.nearest(to: words[0], among: parsing.table.commands.map { $0.name })
                let hint = near.isEmpty ? "\"help\" lists them all." : "Did you mean \(near.joined(separator: ", "))?"
                throw .syntax("There is no single command \"\(words.joined(separator: " "))\". \(hint)", span)
            }
            return { (context) throws(CommandError) in tell(command, path, context) }
        }
    }

    private static func list(_ context: Context) {
        for group in Command.Group.allCases {
            context.line(context.style.headline(group.title))
            for command in context.table.commands where command.group == group {
                context.line("  " + row(command.name, command.summary))
            }
        }
        if !context.table.definitions.isEmpty {
            context.line(context.style.headline("Defined here"))
            for command in context.table.definitions { context.line("  " + row(command.name, command.summary)) }
        }
        context.line("\"help COMMAND\" tells more about one; \"apropos WORD\" searches.")
    }

    private static func tell(_ command: Command, _ path: String, _ context: Context) {
        context.line(context.style.headline(path) + ": " + command.summary + ".")
        for usage in command.usage { context.line("  " + usage) }
        if !command.aliases.isEmpty { context.line("Also: " + command.aliases.joined(separator: ", ")) }
        if !command.help.isEmpty { context.line(command.help) }
        for subcommand in command.subcommands {
            context.line("  " + row(path + " " + subcommand.name, subcommand.summary))
        }
    }

    /// A name and what it is, in two columns.
    static func row(_ name: String, _ text: String) -> String {
        name + String(repeating: " ", count: max(2, 20 - name.utf8.count)) + text
    }
}
