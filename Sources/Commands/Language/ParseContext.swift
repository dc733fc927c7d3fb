import Debugger
import Host
import RISCV

/// What parsing may know: names, never the guest.
public final class ParseContext {
    /// All commands.
    public let table: CommandTable
    /// The registers that expressions can name.
    public let registers: RegisterTable
    /// The folder that file names in a script are relative to; empty for the working directory.
    var folder: String
    /// The scripts being parsed, outermost first: a script that sources itself never ends.
    var scripts: [String] = []

    /// How many blocks are being parsed, one in the other.
    var blockDepth = 0

    /// How many commands within a command are being parsed, one in the other.
    private var commandDepth = 0

    /// How deep commands can stand in each other, as behind `expect error`, with those around a script that is sourced.
    static let commandDepthLimit = 64

    /// Whether what is being parsed stands in a loop, which `loop_break` can leave.
    var isInLoop = false

    /// The command that is being parsed.
    var text = CommandText(typed: "")

    /// Who is told of all that is wrong, where not just the first of it is wanted.
    public var check: ScriptCheck?

    /// A context for commands that are typed.
    public init(table: CommandTable, registers: RegisterTable, folder: String = "") {
        self.table = table
        self.registers = registers
        self.folder = folder
    }

    /// A file's name as seen from the working directory: "~/" is the home folder, and in a script a relative name is relative
    /// to the script.
    func path(_ name: String) -> String { Path.join(folder, Path.expandingTilde(name)) }

    /// Takes the rest of the arguments as an expression. Throws `.syntax`.
    func expression(_ arguments: inout Arguments) throws(CommandError) -> Expression {
        if arguments.isEmpty { throw .syntax("An expression is missing.", arguments.restSpan) }
        return try expression(at: arguments.takeRest().span, of: arguments.text)
    }

    /// Takes an expression as far as it goes, before a comma or another expression. Throws `.syntax`.
    func nextExpression(_ arguments: inout Arguments, _ what: String) throws(CommandError) -> Expression {
        if arguments.isEmpty { throw .syntax("\(what) is missing.", arguments.restSpan) }
        do {
            let (expression, end) = try Expression.prefix(of: arguments.text, from: arguments.position)
            arguments.skip(to: end)
            check?.saw(expression)
            return expression
        } catch {
            throw .syntax(error.message, error.span)
        }
    }

    /// Takes an expression that ends at a blank, unless the blank stands in brackets or quotes: where another expression follows
    /// without a comma, "&a &b" must be two. Throws `.syntax`.
    func wordExpression(_ arguments: inout Arguments, _ what: String) throws(CommandError) -> Expression {
        if arguments.isEmpty { throw .syntax("\(what) is missing.", arguments.restSpan) }
        return try expression(at: arguments.takeBracketedWord(), of: arguments.text)
    }

    /// Parses the part `span` of the command `text`. Throws `.syntax`.
    func expression(at span: SourceSpan, of text: String) throws(CommandError) -> Expression {
        let upToEnd = String(decoding: text.utf8.prefix(span.end), as: UTF8.self)
        do {
            let expression = try Expression(parsing: upToEnd, from: span.start)
            check?.saw(expression)
            return expression
        } catch {
            throw .syntax(error.message, error.span)
        }
    }

    /// Takes the rest as a format in double quotes and its arguments, as `printf` does. Throws `.syntax`.
    func formatted(_ arguments: inout Arguments, _ what: String) throws(CommandError) -> FormattedText {
        if arguments.isEmpty { throw .syntax("\(what) in double quotes is missing.", arguments.restSpan) }
        let start = arguments.takeRest().span.start
        do throws(ExpressionError) {
            let text = try FormattedText(parsing: arguments.text, from: start)
            for expression in text.arguments { check?.saw(expression) }
            return text
        } catch { throw .syntax(error.message, error.span) }
    }

    /// Takes the rest as a command, which takes no block. Throws `.syntax`, at its place in the whole command.
    func command(_ arguments: inout Arguments) throws(CommandError) -> PreparedCommand {
        let (_, span) = arguments.takeRest()
        if commandDepth >= ParseContext.commandDepthLimit {
            throw .syntax("Commands stand more than \(ParseContext.commandDepthLimit) deep in each other here.", span)
        }
        commandDepth += 1
        defer { commandDepth -= 1 }
        let text = text.part(from: span.start)
        do throws(CommandError) {
            if let command = try PreparedCommand.parse(text, self) { return command }
        } catch {
            guard case .syntax(let message, let inner) = error else { throw error }
            throw .syntax(message, SourceSpan(inner.start + span.start, inner.end + span.start))
        }
        throw .syntax("A command is missing.", span)
    }
}
