import Debugger

/// `continue`: let the guest go on.
enum Continue {
    static var command: Command {
        Command(
            name: "continue", aliases: ["c", "fg"], group: .running,
            usage: ["continue"],
            summary: "Let the guest go on",
            help: """
                Lets the stopped guest go on until there is something to tell. It goes off a breakpoint at which it
                stands by executing the instruction there. At an ebreak of the guest's own that was reported it goes on
                behind it; to have the ebreak executed again, set $pc to its address first. Ctrl-C stops the guest.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                try context.resume { (session) throws(DebuggerError) in try session.resume() }
            }
        }
    }
}
