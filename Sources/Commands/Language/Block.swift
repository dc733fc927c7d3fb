import Debugger
import Host

/// Commands that take lines of their own, up to one that says `end`: which do, and how the lines are taken together.
enum Block {
    /// How deep blocks can stand in each other, with those around a script that is sourced.
    static let depthLimit = 64

    /// What is said where the `end` is missing.
    static let endIsMissing = "A line \"end\" is missing behind this."

    /// What is said of a block that stands too deep.
    static let isTooDeep = "Blocks stand more than \(depthLimit) deep in each other here."

    /// What kind of lines `text` has behind it. What cannot be understood has none.
    static func begun(by text: CommandText, _ context: ParseContext) -> Command.Block {
        guard case .one(let command) = context.table.find(firstWord(of: text)) else { return .none }
        return command.block
    }

    private static func firstWord(of text: CommandText) -> String {
        String(text.text.prefix { $0 != " " && $0 != "\t" })
    }

    /// Whether `text` ends a block.
    static func ends(_ text: CommandText) -> Bool { text.text == "end" }

    /// Takes `lines`, those of a script or what was typed, together into statements. Throws a block without an end, the
    /// innermost first, and one that stands too deep.
    static func statements(
        _ lines: [CommandText], _ context: ParseContext
    ) throws(Script.Problem) -> [Statement] {
        /// The blocks that wait for their `end`, outermost first, and what kind of lines they have.
        var open: [(statement: Statement, kind: Command.Block)] = []
        var statements: [Statement] = []
        /// What lines before this one define: no abbreviation of a command that takes a block.
        var defined: Set<String> = []
        func add(_ statement: Statement) {
            if open.isEmpty {
                statements.append(statement)
            } else {
                open[open.count - 1].statement.block.append(statement)
            }
        }
        for text in lines {
            if ends(text), let (statement, _) = open.popLast() {
                add(statement)
                continue
            }
            let isPlain = open.last?.kind == .text || defined.contains(firstWord(of: text))
            let kind = isPlain ? Command.Block.none : begun(by: text, context)
            if kind != .none, let name = Define.name(in: text, context) { defined.insert(name) }
            if kind == .none {
                add(Statement(text: text))
            } else if context.blockDepth + open.count < depthLimit {
                open.append((Statement(text: text, takesBlock: true), kind))
            } else {
                throw Script.Problem(error: .syntax(isTooDeep, SourceSpan(0, text.text.utf8.count)), text: text)
            }
        }
        while let (statement, _) = open.popLast() {
            let span = SourceSpan(0, statement.text.text.utf8.count)
            let problem = Script.Problem(error: .syntax(endIsMissing, span), text: statement.text)
            guard let check = context.check else { throw problem }
            check.found(problem)
            add(statement)
        }
        return statements
    }

    /// Parses `statements`. Throws what is wrong with them first, unless all of it is wanted.
    static func parse(
        _ statements: [Statement], _ context: ParseContext
    ) throws(Script.Problem) -> [PreparedCommand] {
        var commands: [PreparedCommand] = []
        for statement in statements {
            let text = statement.text
            if Interruption.isPending { throw Script.Problem(error: .interrupted, text: text) }
            context.check?.begin(text)
            do throws(CommandError) {
                if let command = try PreparedCommand.parse(statement, context) { commands.append(command) }
            } catch {
                // What is wrong in a script that this one sources, or in a block, was told at its own place.
                let problem: Script.Problem
                if case .script(let inner) = error {
                    problem = inner
                } else {
                    problem = Script.Problem(error: error, text: text)
                }
                guard let check = context.check else { throw problem }
                check.found(problem)
                // What is wrong with the command itself is no reason to be silent on its block.
                let block = statement.block.filter { ElseWord.rest(of: $0.text) == nil }
                if begun(by: text, context) == .commands { _ = try? context.block(block, isLoop: true) }
            }
        }
        return commands
    }
}

extension ParseContext {
    /// Parses the block of the command that is being parsed; `loop_break` and the like are understood in it only where it is the
    /// body of a loop, or `inherits` what surrounds it. Throws `.script`, at the place of what is wrong.
    func block(
        _ statements: [Statement], isLoop: Bool = false, inherits: Bool = false
    ) throws(CommandError) -> [PreparedCommand] {
        let outer = isInLoop
        isInLoop = isLoop || (inherits && outer)
        blockDepth += 1
        defer {
            blockDepth -= 1
            isInLoop = outer
        }
        do throws(Script.Problem) { return try Block.parse(statements, self) } catch { throw .script(error) }
    }
}
