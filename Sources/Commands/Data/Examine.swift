import Debugger
import Guest

/// `x[/NFU] [EXPR]`: memory.
enum Examine {
    static var command: Command {
        Command(
            name: "x", group: .data,
            usage: ["x/NFU EXPRESSION", "x EXPRESSION", "x"],
            summary: "Show memory",
            help: """
                Shows N units of memory from the address that EXPRESSION has, in the format F: d signed, u unsigned,
                x hexadecimal, o octal, t binary, f floating point, c character, a address with symbol, z as x,
                i instructions, s strings. U is the size: b one byte, h two, w four, g eight. What is left out is as in the
                last x. phys:ADDRESS is guest-physical memory. Without an EXPRESSION, and on Enter, it goes on where it left
                off. An ebreak that kvmdbg planted is
                never shown. Before the guest runs, the ELF file's contents are shown. $_ is the last address shown, $__
                its contents.
                """,
            takesFormat: true, completion: .expressions, repetition: .onward
        ) { (arguments, parsing) throws(CommandError) in
            let format = try ExamineFormat(arguments)
            let expression = arguments.isEmpty ? nil : try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                var state = format.applied(to: context.examine)
                if let expression {
                    state.next = try context.address(try context.evaluate(expression), nil)
                }
                guard let start = state.next else { throw .failed("An address is missing: x/4xw $sp.", nil) }
                // What can be shown is shown, up to the first unit that cannot be read; the next call tries that one again.
                context.examine = state
                try MemoryListing(state: state, start: start).forEachLine(context) { line in
                    context.line(line.text)
                    context.examine.next = line.next
                    context.session.setExamined(line.last.address, byteCount: line.last.byteCount)
                }
            }
        }
    }
}
