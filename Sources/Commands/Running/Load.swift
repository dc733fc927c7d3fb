import Debugger

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
            return { (context) throws(CommandError) in try context.load(.guest, path) }
        }
    }
}

extension Context {
    /// What a file is read as.
    enum Loading {
        case guest, kernel
    }

    /// Reads the file at `path` and shows what the ELF reader warns of.
    func load(_ what: Loading, _ path: String) throws(CommandError) {
        try engine { (session) throws(DebuggerError) in
            switch what {
            case .guest: try session.load(path)
            case .kernel: try session.loadKernel(path)
            }
        }
        sources.lookAgain()
        listing = nil
        for warning in session.program?.warnings ?? [] { line("Warning: " + warning) }
    }
}
