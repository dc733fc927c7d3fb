import Debugger
import Host

/// Commands that take lines of their own, up to one that says `end`: which do, and how the lines are taken together.
enum Block {
    /// How deep blocks can stand in each other.
    static let depthLimit = 64

    /// What is said where the `end` is missing.
    static let endIsMissing = "A line \"end\" is missing behind this."

    /// Whether `text` begins a block. What cannot be understood begins none.
    static func begins(_ text: CommandText, _ context: ParseContext) -> Bool {
        let name = text.text.prefix { $0 != " " && $0 != "\t" }
        guard case .one(let command) = CommandTable.find(String(name), in: context.table.commands) else { return false }
        return command.takesBlock
    }

    /// Whether `text` ends a block.
    static func ends(_ text: CommandText) -> Bool { text.text == "end" }

    /// Parses `lines`, those of a script or of a block. Throws what is wrong with them first.
    static func parse(
        _ lines: [CommandText], _ context: ParseContext
    ) throws(Script.Problem) -> [PreparedCommand] {
        var commands: [PreparedCommand] = []
        var index = 0
        while index < lines.count {
            let text = lines[index]
            index += 1
            var block: [CommandText] = []
            if begins(text, context) {
                guard let count = length(of: lines[index...], context) else {
                    throw Script.Problem(
                        error: .syntax(endIsMissing, SourceSpan(0, text.text.utf8.count)), text: text)
                }
                block = Array(lines[index..<index + count])
                index += count + 1
            }
            if Interruption.isPending { throw Script.Problem(error: .interrupted, text: text) }
            do throws(CommandError) {
                if let command = try PreparedCommand.parse(text, block: block, context) { commands.append(command) }
            } catch {
                // What is wrong in a script that this one sources, or in a block, was told at its own place.
                if case .script(let problem) = error { throw problem }
                throw Script.Problem(error: error, text: text)
            }
        }
        return commands
    }

    /// How many of `lines` stand before the `end` that belongs to a block that they are in; nil where there is none.
    private static func length(of lines: ArraySlice<CommandText>, _ context: ParseContext) -> Int? {
        var depth = 0
        for (count, text) in lines.enumerated() {
            if ends(text) {
                if depth == 0 { return count }
                depth -= 1
            } else if begins(text, context) {
                depth += 1
            }
        }
        return nil
    }
}

extension ParseContext {
    /// Parses the lines of a command's block. Throws `.script`, at the place of what is wrong.
    func block(_ arguments: Arguments) throws(CommandError) -> [PreparedCommand] {
        guard blockDepth < Block.depthLimit else {
            throw .syntax("Blocks stand more than \(Block.depthLimit) deep in each other here.", arguments.restSpan)
        }
        blockDepth += 1
        defer { blockDepth -= 1 }
        do throws(Script.Problem) { return try Block.parse(arguments.block, self) } catch { throw .script(error) }
    }
}
