import Debugger
import Reports

/// A command that was parsed and can be carried out, once or again.
public struct PreparedCommand {
    /// As it was written, with its block.
    let statement: Statement
    /// What it is.
    let command: Command
    /// The letters behind its name's slash.
    let format: String?
    /// Where its text names a file, quotes included.
    let fileSpan: SourceSpan?
    /// What it does.
    let action: Action

    /// As it was written, without its block.
    public var text: CommandText { statement.text }

    /// All that it takes to write it again, line by line.
    var lines: [String] { statement.lines }

    /// Parses `text`, which can have no block; nil when it is blank. Throws `.syntax`.
    public static func parse(_ text: CommandText, _ context: ParseContext) throws(CommandError) -> PreparedCommand? {
        if Block.begun(by: text, context) != .none {
            throw .syntax(Block.endIsMissing, SourceSpan(0, text.text.utf8.count))
        }
        return try parse(Statement(text: text), context)
    }

    /// Parses `statement`; nil when it is blank. Throws `.syntax`, and `.script` for what is wrong in the block.
    static func parse(_ statement: Statement, _ context: ParseContext) throws(CommandError) -> PreparedCommand? {
        let text = statement.text
        let outer = context.text
        context.text = text
        defer { context.text = outer }
        var reader = NameReader(text.text)
        guard !reader.isAtEnd else { return nil }
        var commands: [Command]?
        var path: String?
        while true {
            let (name, span) = reader.takeName()
            let match = commands.map { CommandTable.find(name, in: $0) } ?? context.table.find(name)
            let command = try found(match, name, span, of: path)
            path = path.map { $0 + " " + command.name } ?? command.name
            if reader.isAtNextName, !command.subcommands.isEmpty {
                let next = reader.peekName()
                let names = command.subcommands.flatMap { [$0.name] + $0.aliases }
                if !command.hasExactSubcommands || names.contains(next) {
                    commands = command.subcommands
                    continue
                }
            }
            guard let parse = command.parse else {
                let names = command.subcommands.map { $0.name }.joined(separator: ", ")
                throw .syntax(
                    "\"\(path ?? name)\" must be followed by one of: \(names).", SourceSpan(span.end, span.end))
            }
            var arguments = try reader.arguments(of: command)
            arguments.block = statement.block
            let action = try parse(&arguments, context)
            try arguments.end()
            return PreparedCommand(
                statement: statement, command: command, format: arguments.format, fileSpan: arguments.fileSpan,
                action: action)
        }
    }

    private static func found(
        _ match: CommandTable.Match, _ name: String, _ span: SourceSpan, of path: String?
    ) throws(CommandError) -> Command {
        let place = path.map { " of \"\($0)\"" } ?? ""
        let kind = path == nil ? "command" : "subcommand"
        let help = path.map { "help \($0)" } ?? "help"
        switch match {
        case .one(let command): return command
        case .several(let names):
            throw .syntax("\"\(name)\" is ambiguous\(place): \(names.joined(separator: ", ")).", span)
        case .none(let near):
            let hint = near.isEmpty ? "\"\(help)\" lists them." : "Did you mean \(near.joined(separator: ", "))?"
            throw .syntax("There is no \(kind) \"\(name)\"\(place). \(hint)", span)
        }
    }
}

/// Takes the names at the beginning of a command apart: letters, digits, dashes and underscores, then perhaps a slash with a
/// format. What else follows a name belongs to the arguments, with or without a blank: `print/x`, `print$pc`.
private struct NameReader {
    private let bytes: [UInt8]
    private var position = 0
    /// Where the last name ended.
    private var nameEnd = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        skipBlanks()
    }

    var isAtEnd: Bool { position >= bytes.count }

    var isAtNextName: Bool { position < bytes.count && NameReader.isNameByte(bytes[position]) }

    mutating func takeName() -> (String, SourceSpan) {
        let start = position
        while isAtNextName { position += 1 }
        if position == start && !isAtEnd { position += 1 }
        let end = position
        nameEnd = end
        skipBlanks()
        return (String(decoding: bytes[start..<end], as: UTF8.self), SourceSpan(start, end))
    }

    func peekName() -> String {
        var copy = self
        return copy.takeName().0
    }

    /// What follows the name. A slash right behind it, or behind blanks where the command takes a format, begins a format;
    /// elsewhere it is the beginning of a file's name.
    mutating func arguments(of command: Command) throws(CommandError) -> Arguments {
        var format: String?
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "/"), command.takesFormat || position == nameEnd {
            guard command.takesFormat else {
                throw .syntax("\"\(command.name)\" takes no format.", SourceSpan(start, bytes.count))
            }
            position += 1
            while position < bytes.count && !Arguments.isBlank(bytes[position]) { position += 1 }
            format = String(decoding: bytes[(start + 1)..<position], as: UTF8.self)
        }
        return Arguments(
            bytes: bytes, position: position, format: format, formatSpan: SourceSpan(start, position))
    }

    private mutating func skipBlanks() {
        while position < bytes.count && Arguments.isBlank(bytes[position]) { position += 1 }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            return true
        default: return false
        }
    }
}
