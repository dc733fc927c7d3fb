import Debugger
import Guest
import Reports
import Symbols

/// `info files`: the loaded program.
enum InfoFiles {
    static var command: Command {
        Command(
            name: "files", aliases: ["target"], group: .status,
            usage: ["info files"],
            summary: "Show the loaded ELF file, its entry, segments and sections",
            help: """
                Shows the loaded file: its entry, its loadable segments with their virtual and physical addresses, and its
                sections.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                guard let program = context.session.program else { throw CommandError(.noProgram) }
                context.line("Guest \"\(program.path)\", entry \(context.addressText(program.entry))")
                for segment in program.segments {
                    context.line(
                        "  segment \(segment.index)  GVA \(segment.virtual.description)  GPA \(segment.physical.description)"
                            + "  \(segment.memorySize) bytes, \(segment.fileSize) from the file, \(permissions(segment))"
                    )
                }
                for section in program.sections {
                    context.line(
                        "  \(context.style.address(section.range.start.description)) - "
                            + "\(context.style.address(section.range.end.description)) is \(section.name)")
                }
            }
        }
    }

    /// "r-x".
    private static func permissions(_ segment: ELFFile.Segment) -> String {
        (segment.isReadable ? "r" : "-") + (segment.isWritable ? "w" : "-") + (segment.isExecutable ? "x" : "-")
    }
}
