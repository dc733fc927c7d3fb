import Debugger
import Reports

/// `printf "FORMAT", EXPR, …`: values in a text.
enum Printf {
    static var command: Command {
        Command(
            name: "printf", group: .support,
            usage: ["printf \"FORMAT\", EXPRESSION, …"],
            summary: "Show values in a text, as C's printf does",
            help: """
                Shows FORMAT with the values of the expressions in place of %d %i %u %x %X %o %f %e %g %a %c %s %p; flags,
                width, precision and the length letters of C are understood, and all values have 64 bits. An integer for
                %f, and a floating-point number for %d, is converted. %s takes a string, or the guest's address of one.
                FORMAT has C's escapes.
                """,
            completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let call = try parsing.formatted(&arguments, "A format")
            return { (context) throws(CommandError) in context.text(try context.text(of: call)) }
        }
    }
}
