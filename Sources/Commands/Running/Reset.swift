import Debugger

/// `reset`: the guest from the beginning.
enum Reset {
    static var command: Command {
        Command(
            name: "reset", group: .running,
            usage: ["reset"],
            summary: "Replace the guest by a fresh one, stopped at its entry",
            help: """
                As when a machine is reset: the guest is ended and a fresh VM is made of the same ELF file, as it was when it
                was loaded, with fresh RAM and registers, stopped before its first instruction. Breakpoints, displays,
                variables, the value history and what is traced stay. It is "start" for a guest that exists; without one it
                says so.
                """,
            repetition: .never
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                guard context.session.hasGuest else { throw CommandError(.noGuest) }
                try context.start()
            }
        }
    }
}
