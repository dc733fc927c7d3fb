import Debugger
import Guest
import Host

/// `save …`: what can be kept in a script.
enum Save {
    static var command: Command {
        Command(
            name: "save", group: .breakpoints,
            usage: ["save breakpoints FILE"],
            summary: "Write the breakpoints to a script",
            help: "\"help save breakpoints\" tells more.",
            repetition: .never, subcommands: [breakpoints])
    }

    private static var breakpoints: Command {
        Command(
            name: "breakpoints", aliases: ["b", "break"], group: .breakpoints,
            usage: ["save breakpoints FILE"],
            summary: "Write the breakpoints to a script",
            help: """
                Writes a script to FILE that sets the breakpoints again, with "source FILE": conditions, ignore counts, commands, and
                which are disabled. Symbols are written by name, so that they follow another build of the guest; other locations by
                their address. FILE is written beside its place and then takes it, whole. In a script, FILE is relative to the
                script.
                """,
            completion: .files, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let path = parsing.path(try arguments.takeFileName("The script's name"))
            return { (context) throws(CommandError) in
                let breakpoints = context.session.breakpoints
                if breakpoints.isEmpty { throw .failed("There is no breakpoint to save.", nil) }
                var text = "# Breakpoints; \"source\" sets them.\n"
                for breakpoint in breakpoints { text += script(of: breakpoint, context) }
                do throws(HostError) {
                    let file = try NewFile(path)
                    try file.write(Array(text.utf8))
                    try file.finish()
                } catch { throw .failed(error.message, nil) }
                let count = breakpoints.count == 1 ? "1 breakpoint" : "\(breakpoints.count) breakpoints"
                context.line("\(count) saved to \"\(path)\".")
            }
        }
    }

    /// The lines that set `breakpoint` again.
    private static func script(of breakpoint: Breakpoint, _ context: Context) -> String {
        var line = breakpoint.disposition == .delete ? "tbreak " : "break "
        switch breakpoint.place {
        case .virtual(let address): line += breakpoint.symbol == nil ? "*" + address.description : breakpoint.location
        case .physical: line += breakpoint.place.description
        }
        if let condition = breakpoint.condition { line += " if " + condition.text }
        var lines = [line]
        if breakpoint.disposition == .disable { lines.append("enable once $bpnum") }
        if !breakpoint.isEnabled { lines.append("disable $bpnum") }
        if breakpoint.ignoreCount > 0 { lines.append("ignore $bpnum \(breakpoint.ignoreCount)") }
        if let commands = context.breakpointCommands[breakpoint.number], !commands.isEmpty {
            lines.append("commands")
            for command in commands {
                for text in command.lines { lines.append("  " + text) }
            }
            lines.append("end")
        }
        var text = ""
        for line in lines { text += line + "\n" }
        return text
    }
}
