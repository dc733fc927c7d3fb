import Debugger

/// `run [FILE]`: a fresh guest, running.
enum Run {
    static var command: Command {
        Command(
            name: "run", aliases: ["r"], group: .running,
            usage: ["run"],
            summary: "Create a fresh guest and let it run",
            help: """
                Creates a guest with the loaded program in fresh RAM and lets it run from its entry until a breakpoint,
                an ebreak of its own, a shutdown, or Ctrl-C. A guest that exists is ended first. Breakpoints,
                variables and the value history stay.
                """,
            repetition: .never
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                try context.resume { (session) throws(DebuggerError) in try session.run() }
            }
        }
    }
}
