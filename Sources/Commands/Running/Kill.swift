import Debugger

/// `kill`: end the guest.
enum Kill {
    static var command: Command {
        Command(
            name: "kill", aliases: ["k"], group: .running,
            usage: ["kill"],
            summary: "End the guest",
            help:
                "Ends the guest; its registers and memory are gone. The program and the breakpoints stay for the next \"run\".",
            repetition: .never
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                guard context.session.hasGuest else { throw .failed("There is no guest to end.", nil) }
                context.session.kill()
                context.line("The guest was ended.")
            }
        }
    }
}
