import Guest

/// All commands, and how a written name finds one.
public final class CommandTable {
    /// The commands in the order of the list.
    public let commands: [Command]
    /// Those that `define` made, in the order in which that was read.
    public private(set) var definitions: [Command] = []

    /// A table of `commands`.
    public init(_ commands: [Command]) { self.commands = commands }

    /// What a written name can mean.
    enum Match {
        case one(Command)
        case several([String])
        case none(near: [String])
    }

    /// The command that `name` means: one of the list, or, by its full name only, one that was defined: so a definition makes
    /// no abbreviation ambiguous.
    func find(_ name: String) -> Match {
        let match = CommandTable.find(name, in: commands)
        if case .one(let command) = match, command.name == name || command.aliases.contains(name) { return match }
        if let definition = definitions.first(where: { $0.name == name }) { return .one(definition) }
        guard case .none = match else { return match }
        return .none(near: Spelling.nearest(to: name, among: (commands + definitions).map { $0.name }))
    }

    /// The command that `name` means among `commands`: by name, by alias, or as a prefix of just one name.
    static func find(_ name: String, in commands: [Command]) -> Match {
        for command in commands where command.name == name || command.aliases.contains(name) { return .one(command) }
        let candidates = commands.filter { $0.name.utf8.starts(with: name.utf8) }
        if candidates.count == 1, let only = candidates.first { return .one(only) }
        if candidates.count > 1 { return .several(candidates.map { $0.name }.sorted()) }
        return .none(near: Spelling.nearest(to: name, among: commands.map { $0.name }))
    }

    /// Adds a command that was defined, or puts it in the place of one with its name.
    func define(_ command: Command) {
        definitions.removeAll { $0.name == command.name }
        definitions.append(command)
    }

    /// Has the definitions be those that they were.
    func restore(_ known: [Command]) { definitions = known }

    /// The command at which the words `words` arrive, with its full name: ["info", "breakpoints"].
    public func command(_ words: [String]) -> (command: Command, path: String)? {
        var found: (command: Command, path: String)?
        for word in words {
            let match = found.map { CommandTable.find(word, in: $0.command.subcommands) } ?? find(word)
            guard case .one(let command) = match else { return nil }
            found = (command, found.map { $0.path + " " + command.name } ?? command.name)
        }
        return found
    }

    /// Each command of the list and subcommand with its full name, depth first.
    public var flattened: [(path: String, command: Command)] { CommandTable.flatten(commands, "") }

    /// As above, of `commands` behind `prefix`.
    static func flatten(_ commands: [Command], _ prefix: String) -> [(path: String, command: Command)] {
        commands.flatMap { command in
            [(prefix + command.name, command)] + flatten(command.subcommands, prefix + command.name + " ")
        }
    }
}
