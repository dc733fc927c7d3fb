import Debugger

/// `start`: a fresh guest, stopped.
enum Start {
    static var command: Command {
        Command(
            name: "start", aliases: ["starti"], group: .running,
            usage: ["start"],
            summary: "Create a fresh guest and stop at its entry",
            help: """
                Creates a guest with the loaded program in fresh RAM and stops before its first instruction, so that
                registers and memory can be looked at and set. "continue" lets it run. A guest that exists is ended
                first.
                """,
            repetition: .never
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                try context.start()
            }
        }
    }
}
