import Debugger
import Guest

/// `define NAME … end`: a command of the user's own.
enum Define {
    static var command: Command {
        Command(
            name: "define", group: .control, usage: ["define NAME"],
            summary: "Make a command of lines up to \"end\"",
            help: """
                The lines that follow, up to "end", are carried out when NAME is given as a command. What stands behind it then, expressions
                divided by blanks, are the values $arg0, $arg1 and so on, and $argc says how many there are; they are the
                command's own, and what they were before is back behind it. A command can call itself. NAME cannot be a command of
                kvmdbg's. Define stands in no other block.
                """,
            completion: .nothing, repetition: .never, block: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let name = try name(&arguments, parsing)
            let definition = Definition(name)
            let known = parsing.table.definitions
            parsing.table.define(definition.command(summary: "A command defined here", help: definition.start))
            do throws(CommandError) {
                definition.commands = try parsing.block(arguments.block)
                definition.lines = arguments.block.flatMap { $0.lines }
            } catch {
                parsing.table.restore(known)
                throw error
            }
            parsing.table.define(definition.command(summary: "A command defined here", help: definition.text))
            return { (_) throws(CommandError) in }
        }
    }

    /// What `text` defines, if it is a definition.
    static func name(in text: CommandText, _ context: ParseContext) -> String? {
        let words = text.text.split { $0 == " " || $0 == "\t" }
        guard words.count == 2, case .one(let command) = context.table.find(String(words[0])),
            command.name == Define.command.name
        else { return nil }
        return String(words[1])
    }

    /// Takes the name of a command that can be defined. Throws `.syntax`.
    private static func name(_ arguments: inout Arguments, _ parsing: ParseContext) throws(CommandError) -> String {
        guard let (name, span) = arguments.takeWord() else { throw .syntax("A name is missing.", arguments.restSpan) }
        if parsing.blockDepth > 0 { throw .syntax("A command is defined outside of all blocks.", span) }
        let isWord = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                return true
            default: return false
            }
        }
        guard isWord else { throw .syntax("A name has only letters, digits, _ and -.", span) }
        if case .one(let command) = parsing.table.find(name),
            parsing.table.commands.contains(where: { $0.name == command.name }),
            command.name == name || command.aliases.contains(name)
        {
            throw .syntax("\"\(name)\" is a command of kvmdbg's; take another name.", span)
        }
        return name
    }
}

/// `document NAME … end`: what `help` says of a defined command.
enum Document {
    static var command: Command {
        Command(
            name: "document", group: .control, usage: ["document NAME"],
            summary: "Say what a defined command does, in lines up to \"end\"",
            help: """
                The lines that follow, up to "end", are what "help NAME" tells of a command that was defined; the first
                is what stands in the list.
                """,
            completion: .commands, repetition: .never, block: .text
        ) { (arguments, parsing) throws(CommandError) in
            guard let (name, span) = arguments.takeWord() else {
                throw .syntax("A name is missing.", arguments.restSpan)
            }
            guard var command = parsing.table.definitions.first(where: { $0.name == name }) else {
                throw .syntax("No command \"\(name)\" was defined.", span)
            }
            let lines = arguments.block.map { $0.text.text }
            var summary = lines.first ?? ""
            if summary.utf8.last == UInt8(ascii: ".") { summary.removeLast() }
            command.describe(summary, lines.dropFirst().joined(separator: "\n"))
            parsing.table.define(command)
            return { (_) throws(CommandError) in }
        }
    }
}

/// A command that was defined. It can be called within its own lines, so it is there before they are parsed.
private final class Definition {
    let name: String
    var commands: [PreparedCommand] = []
    var lines: [String] = []

    /// How deep definitions can call each other.
    static let depthLimit = 200

    init(_ name: String) { self.name = name }

    /// What `help` says of it while it is parsed, and after.
    var start: String { "Defined by \"define\"." }
    var text: String { "It is defined as:\n" + lines.map { "  " + $0 }.joined(separator: "\n") }

    func command(summary: String, help: String) -> Command {
        let definition = self
        return Command(
            name: name, group: .control, usage: [name + " [EXPRESSION…]"], summary: summary, help: help,
            completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let expressions = try parsing.expressions(&arguments)
            return { (context) throws(CommandError) in
                guard context.callDepth < Definition.depthLimit else {
                    throw .failed(
                        "Commands that were defined call each other more than \(Definition.depthLimit) deep here.", nil)
                }
                context.callDepth += 1
                defer { context.callDepth -= 1 }
                try context.withArguments(expressions) { () throws(CommandError) in
                    try context.carryOutWithin(definition.commands)
                }
            }
        }
    }
}

extension ParseContext {
    /// Takes the rest as expressions that are divided by blanks. Throws `.syntax`.
    func expressions(_ arguments: inout Arguments) throws(CommandError) -> [Expression] {
        var expressions: [Expression] = []
        while !arguments.isEmpty { expressions.append(try wordExpression(&arguments, "An expression")) }
        return expressions
    }
}

extension Context {
    /// Carries out `body`, in which $argc and $arg0 and so on are the values of `expressions`; what they were before is back
    /// behind it. Throws `.failed` for an expression without a value, and what `body` throws.
    func withArguments(
        _ expressions: [Expression], _ body: () throws(CommandError) -> Void
    ) throws(CommandError) {
        var values: [Value] = []
        for expression in expressions { values.append(try evaluate(expression)) }
        let outer = session.takeArguments(values)
        defer { session.restoreArguments(outer) }
        try body()
    }
}

extension Command {
    /// Gives it another summary and help.
    fileprivate mutating func describe(_ summary: String, _ help: String) {
        self.summary = summary
        self.help = help
    }
}
