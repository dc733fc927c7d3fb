import Debugger

/// `defer COMMAND`: at the end, however it comes.
enum Defer {
    static var command: Command {
        Command(
            name: "defer", group: .control, usage: ["defer COMMAND"],
            summary: "Carry out a command at the end of the test or script, however it ends",
            help: """
                Keeps COMMAND for the end of the test in which it stands, else of the script, else of the session: also after a
                failure, a time limit, or Ctrl-C. What was deferred last is carried out first.
                """,
            completion: .commands, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let command = try parsing.command(&arguments)
            return { (context) throws(CommandError) in context.scope.deferred.append(command) }
        }
    }
}
