import Debugger
import Guest
import Symbols

/// `info line [LOCATION]`: the source line of an address, and the addresses of a source line.
enum InfoLine {
    static var command: Command {
        Command(
            name: "line", group: .status,
            usage: ["info line", "info line LOCATION"],
            summary: "Show the source line of a place, and its addresses",
            help: """
                Shows from which source line the instruction at LOCATION comes, and the addresses of that line; without one, where
                the guest stands. It takes an ELF file with DWARF, as compilers write it with -g.
                """,
            completion: .symbols
        ) { (arguments, parsing) throws(CommandError) in
            let location = try Location(&arguments, parsing)
            return { (context) throws(CommandError) in
                let address = try location.address(context)
                let line = try context.engine { (session) throws(DebuggerError) in
                    try session.requireSourceLine(at: address)
                }
                context.line(
                    "Line \(line.number) of \"\(line.file.name)\" starts at address \(context.addressText(line.range.start)) "
                        + "and ends at \(context.addressText(line.range.end)).")
            }
        }
    }
}
