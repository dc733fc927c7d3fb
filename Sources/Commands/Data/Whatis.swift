import Debugger

/// `whatis EXPR`: a type in one line.
enum Whatis {
    static var command: Command {
        Command(
            name: "whatis", group: .data,
            usage: ["whatis EXPRESSION", "whatis TYPE"],
            summary: "Show the type of an expression",
            help: """
                Shows the type that the value of an expression has, which is not read; of a typedef, what it stands for. "ptype"
                shows the members of a structure.
                """,
            completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let subject = try parsing.typeSubject(&arguments)
            return { (context) throws(CommandError) in
                context.line(
                    "type = "
                        + (try context.asking { (session) throws(ExpressionError) in try subject.name(in: session) }))
            }
        }
    }
}

/// `ptype[/o] EXPR`: a type with its members.
enum Ptype {
    static var command: Command {
        Command(
            name: "ptype", group: .data,
            usage: ["ptype EXPRESSION", "ptype TYPE", "ptype/o TYPE"],
            summary: "Show a type with its members",
            help: """
                Shows a type, or that of an expression, without typedefs: a structure or union with its members, an enumeration
                with its names. ptype/o puts before each member where it begins, in bytes (a bit-field's bit behind a colon), and
                how many bytes it has, and shows the holes.
                """,
            takesFormat: true, completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            if let format = arguments.format, format != "o" {
                throw .syntax("ptype has one format, o, which shows offsets and sizes: ptype/o.", arguments.formatSpan)
            }
            let hasOffsets = arguments.format != nil
            let subject = try parsing.typeSubject(&arguments)
            return { (context) throws(CommandError) in
                let lines = try context.asking { (session) throws(ExpressionError) in
                    try subject.listing(in: session, hasOffsets: hasOffsets)
                }
                for line in lines { context.line(line) }
            }
        }
    }
}

extension ParseContext {
    /// Takes the rest as a type or an expression. Throws `.syntax`.
    fileprivate func typeSubject(_ arguments: inout Arguments) throws(CommandError) -> TypeSubject {
        if arguments.isEmpty { throw .syntax("A type or an expression is missing.", arguments.restSpan) }
        do throws(ExpressionError) {
            let subject = try TypeSubject(parsing: arguments.text, from: arguments.takeRest().span.start)
            if let expression = subject.expression { check?.saw(expression) }
            return subject
        } catch { throw .syntax(error.message, error.span) }
    }
}
