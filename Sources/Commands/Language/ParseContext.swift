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
        do { return try Expression(parsing: upToEnd, from: span.start) } catch {
            throw .syntax(error.message, error.span)
        }
    }
}
