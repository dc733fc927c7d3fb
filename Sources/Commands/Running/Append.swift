import Debugger

/// `append [TEXT]`: the kernel's command line.
enum Append {
    static var command: Command {
        Command(
            name: "append", group: .running,
            usage: ["append TEXT", "append"],
            summary: "Set the kernel's command line",
            help: """
                The device tree of the next guest has TEXT, which may stand in double quotes, as the kernel's command line
                (/chosen/bootargs). Without TEXT it has none. Linux needs to be told nothing to print to the serial port once its
                driver is there; "earlycon=sbi" has it print from the start.
                """,
            completion: .nothing, repetition: .never
        ) { (arguments, _) throws(CommandError) in
            let text = arguments.isEmpty ? nil : try arguments.takeFileName("The command line")
            return { (context) throws(CommandError) in
                try context.engine { (session) throws(DebuggerError) in
                    try session.changeMachine { $0.commandLine = text }
                }
            }
        }
    }
}
