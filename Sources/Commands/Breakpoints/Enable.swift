import Debugger

/// `enable [once|delete] [NUMBER…]`: let breakpoints stop the guest.
enum Enable {
    static var command: Command {
        Command(
            name: "enable", aliases: ["en"], group: .breakpoints,
            usage: ["enable [breakpoints] [NUMBER…]", "enable once NUMBER…", "enable delete NUMBER…"],
            summary: "Enable breakpoints",
            help: """
                Enables the breakpoints with these numbers, or all of them. "once": each is disabled again when it has stopped
                the guest; "delete": it is deleted then.
                """,
            completion: .breakpoints, repetition: .never, subcommands: [SwitchDisplay.command(true)],
            hasExactSubcommands: true
        ) { (arguments, _) throws(CommandError) in
            if arguments.peekWord() == "breakpoints" { _ = arguments.takeWord() }
            var disposition: Breakpoint.Disposition?
            switch arguments.peekWord() {
            case "once": disposition = .disable
            case "delete": disposition = .delete
            default: break
            }
            if disposition != nil { _ = arguments.takeWord() }
            return try action(&arguments, true, disposition)
        }
    }

    /// Takes numbers; enables or disables these, or all where there are none.
    static func action(
        _ arguments: inout Arguments, _ isEnabled: Bool, _ disposition: Breakpoint.Disposition?
    ) throws(CommandError) -> Action {
        let numbers = try BreakpointNumbers.takeAll(&arguments)
        if numbers.isEmpty && disposition != nil {
            throw .syntax("The number of a breakpoint is missing.", arguments.restSpan)
        }
        return { (context) throws(CommandError) in
            if numbers.isEmpty {
                try context.engine { (session) throws(DebuggerError) in
                    for number in session.numbers { try session.enableBreakpoint(number, isEnabled) }
                }
            }
            try numbers.apply(context) { (session, number) throws(DebuggerError) in
                try session.enableBreakpoint(number, isEnabled, disposition)
            }
        }
    }
}

/// `disable [NUMBER…]`: let breakpoints be passed.
enum Disable {
    static var command: Command {
        Command(
            name: "disable", aliases: ["dis"], group: .breakpoints,
            usage: ["disable [breakpoints] [NUMBER…]"],
            summary: "Disable breakpoints",
            help: """
                Disables the breakpoints with these numbers, or all of them: they stay, and leave the guest's memory.
                "enable" has them back.
                """,
            completion: .breakpoints, repetition: .never, subcommands: [SwitchDisplay.command(false)],
            hasExactSubcommands: true
        ) { (arguments, _) throws(CommandError) in
            if arguments.peekWord() == "breakpoints" { _ = arguments.takeWord() }
            return try Enable.action(&arguments, false, nil)
        }
    }
}
