import Debugger
import Symbols

/// `load FILE`: name the guest.
enum Load {
    static var command: Command {
        Command(
            name: "load", aliases: ["file"], group: .running,
            usage: ["load FILE"],
            summary: "Read the guest's ELF file",
            help: """
                Reads FILE, an executable ELF file for 64-bit little-endian RISC-V, checks that its segments fit the
                guest's RAM, and keeps it for "run" and "start". Each loadable segment goes to its physical address
                (p_paddr). A guest that exists is ended. A file that is refused changes nothing.
                In a script, FILE is relative to the script.
                """,
            completion: .files, repetition: .never
        ) { (arguments, context) throws(CommandError) in
            let path = context.path(try arguments.takeFileName("The guest's ELF file"))
            return { (context) throws(CommandError) in try load(path, context) }
        }
    }

    /// Makes the file at `path` the program and shows what the ELF reader warns of.
    static func load(_ path: String, _ context: Context) throws(CommandError) {
        try context.engine { (session) throws(DebuggerError) in try session.load(path) }
        for warning in context.session.program?.warnings ?? [] { context.line("Warning: " + warning) }
    }
}
