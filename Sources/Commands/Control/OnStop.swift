import Debugger

/// `on stop … end`: what is to be done at each stop.
enum OnStop {
    static var command: Command {
        Command(
            name: "on", group: .control, usage: ["on stop"],
            summary: "Carry out lines up to \"end\" at each stop",
            help: "\"help on stop\" tells more.",
            repetition: .never, subcommands: [stop], block: .commands)
    }

    private static var stop: Command {
        Command(
            name: "stop", group: .control, usage: ["on stop"],
            summary: "Carry out lines up to \"end\" at each stop",
            help: """
                The lines that follow, up to "end", are carried out at each stop that is shown, before the commands of the
                breakpoint. A command that lets the guest run on is the last one. No line takes them away again.
                """,
            repetition: .never, block: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let commands = try parsing.block(arguments.block)
            return { (context) throws(CommandError) in context.stopCommands = commands }
        }
    }
}
