import Debugger
import RISCV
import Symbols

/// What can stand where the user is typing.
public struct Completer {
    /// What there is to choose from.
    public enum Result: Equatable {
        /// Names of files.
        case files
        /// One of these words, each beginning as what is typed.
        case words([String])
    }

    private let table: CommandTable
    private let session: Session
    private let displays: () -> [Int]

    /// A completer over the names of a session; `displays` tells the numbers of the displays.
    public init(table: CommandTable, session: Session, displays: @escaping () -> [Int] = { [] }) {
        self.displays = displays
        self.table = table
        self.session = session
    }

    /// The completions of `word`, behind which nothing stands and before which `before` stands on the line.
    public func complete(_ word: String, after before: String) -> Result {
        let words = before.split { $0 == " " || $0 == "\t" }.map { String($0) }
        let (command, rest) = find(words[...])
        // A first word that names no command has no arguments.
        if command == nil && !words.isEmpty { return .words([]) }
        var candidates = rest.isEmpty ? (command?.subcommands ?? all).map { $0.name } : []
        if let command {
            switch arguments(of: command, rest, word) {
            case .files: return .files
            case .words(let more): candidates += more
            }
        }
        return .words(candidates.filter { $0.utf8.starts(with: word.utf8) })
    }

    /// All that can stand first on a line.
    private var all: [Command] { table.commands + table.definitions }

    /// The command at which the words arrive, and those that are left.
    private func find(_ words: ArraySlice<String>) -> (Command?, ArraySlice<String>) {
        var choices = all
        var command: Command?
        var rest = words
        while let next = rest.first, !choices.isEmpty {
            // "print/x" is the command print.
            let name = String(next.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)[0])
            let match = command.map { CommandTable.find(name, in: $0.subcommands) } ?? table.find(name)
            guard case .one(let found) = match else { break }
            command = found
            choices = found.subcommands
            rest.removeFirst()
        }
        return (command, rest)
    }

    private func arguments(of command: Command, _ before: ArraySlice<String>, _ word: String) -> Result {
        switch command.completion {
        case .nothing: return .words([])
        case .files: return .files
        case .words(let words): return before.last == "at" ? .words(symbols(word)) : .words(words)
        case .file(let last, let words): return before.last.map { last.contains($0) } == true ? .files : .words(words)
        case .extensions(let group): return .words(RequireExtension.names(group, session.registers))
        case .symbols: return .words(symbols(word))
        case .expressions: return .words(names(word) + symbols(word))
        case .registers: return .words(groups + session.registers.names(startingWith: word) + names(word))
        case .commands:
            let (command, rest) = find(before)
            if !rest.isEmpty { return .words([]) }
            return .words((command?.subcommands ?? all).map { $0.name })
        case .breakpoints: return .words(session.numbers.map { "\($0)" })
        case .displays: return .words(displays().map { "\($0)" })
        case .capabilities: return .words(session.provider.capabilityNames)
        }
    }

    private var groups: [String] { ["all"] + RegisterGroup.allCases.map { $0.name } }

    private func symbols(_ word: String) -> [String] { session.symbols.names(startingWith: word, limit: 10_000) }

    /// Registers and convenience variables behind a dollar sign.
    private func names(_ word: String) -> [String] {
        guard word.utf8.first == UInt8(ascii: "$") else { return [] }
        let name = String(word.dropFirst())
        return (session.registers.names(startingWith: name) + session.variables.keys.sorted()).map { "$" + $0 }
    }
}
