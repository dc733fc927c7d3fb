import Debugger

/// `continue`: let the guest go on.
enum Continue {
    static var command: Command {
        Command(
            name: "continue", aliases: ["c", "fg"], group: .running,
            usage: ["continue [COUNT]", "continue --pass"],
            summary: "Let the guest go on",
            help: """
                Lets the stopped guest go on until there is something to tell. It goes off a breakpoint at which it
                stands by executing the instruction there. At an ebreak of the guest's own that was reported it goes on
                behind it; with --pass the guest takes the breakpoint exception of the ebreak at which it stands instead; to
                have the ebreak executed again, set $pc to its address first. With COUNT, the breakpoint at which the guest stands lets it pass COUNT-1 times.
                Ctrl-C stops the guest.
                """
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.peekWord() == "--pass" {
                _ = arguments.takeWord()
                return { (context) throws(CommandError) in
                    try context.resume { (session) throws(DebuggerError) in try session.resume(passing: true) }
                }
            }
            let count = try StepCount(&arguments, parsing)
            return { (context) throws(CommandError) in
                let times = try count.value(context)
                if times > 1 { try ignore(times - 1, context) }
                try context.resume { (session) throws(DebuggerError) in try session.resume() }
            }
        }
    }

    private static func ignore(_ count: UInt64, _ context: Context) throws(CommandError) {
        guard case .breakpoint(let numbers) = context.session.stop?.reason else {
            throw .failed("The guest does not stand at a breakpoint that could let it pass.", nil)
        }
        for number in numbers {
            // One that was for a single stop is gone.
            do throws(DebuggerError) { try context.session.setIgnoreCount(number, count) } catch { continue }
        }
    }
}
