import Guest

/// All commands, and how a written name finds one.
public struct CommandTable {
    /// The commands in the order of the list.
    public let commands: [Command]

    /// A table of `commands`.
    public init(_ commands: [Command]) { self.commands = commands }

    /// What a written name can mean.
    enum Match {
        case one(Command)
        case several([String])
        case none(near: [String])
    }

    /// The command that `name` means among `commands`: by name, by alias, or as a prefix of just one name.
    static func find(_ name: String, in commands: [Command]) -> Match {
        for command in commands where command.name == name || command.aliases.contains(name) { return .one(command) }
        let candidates = commands.filter { $0.name.utf8.starts(with: name.utf8) }
        if candidates.count == 1, let only = candidates.first { return .one(only) }
        if candidates.count > 1 { return .several(candidates.map { $0.name }.sorted()) }
        return .none(near: Spelling.nearest(to: name, among: commands.map { $0.name }))
    }

    /// The command at which the words `words` arrive, with its full name: ["info", "breakpoints"].
    public func command(_ words: [String]) -> (command: Command, path: String)? {
        var commands = commands
        var found: (Command, String)?
        for word in words {
            guard case .one(let command) = CommandTable.find(word, in: commands) else { return nil }
            found = (command, found.map { $0.1 + " " + command.name } ?? command.name)
            commands = command.subcommands
        }
        return found
    }

    /// Each command and subcommand with its full name, depth first.
    public var flattened: [(path: String, command: Command)] {
        func flatten(_ commands: [Command], _ prefix: String) -> [(path: String, command: Command)] {
            commands.flatMap { command in
                [(prefix + command.name, command)] + flatten(command.subcommands, prefix + command.name + " ")
            }
        }
        return flatten(commands, "")
    }
}
