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
                Writes a script to FILE that sets the breakpoints and watchpoints again, with "source FILE": conditions, ignore counts, commands, and
                which are disabled. Symbols are written by name, so that they follow another build of the guest; other locations by
                their address. FILE is written beside its place and then takes it, whole. In a script, FILE is relative to the
                script.
                """,
            completion: .files, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let path = parsing.path(try arguments.takeFileName("The script's name"))
            return { (context) throws(CommandError) in
                let points = points(of: context.session)
                if points.isEmpty { throw .failed("There is no breakpoint to save.", nil) }
                var text = "# Breakpoints; \"source\" sets them.\n"
                for point in points { text += script(of: point, context) }
                do throws(HostError) { try NewFile.write(Array(text.utf8), to: path) } catch {
                    throw .failed(error.message, nil)
                }
                let count = points.count == 1 ? "1 breakpoint" : "\(points.count) breakpoints"
                context.line("\(count) saved to \"\(path)\".")
            }
        }
    }

    /// What is written of a breakpoint or a watchpoint.
    private struct Point {
        let number: Int
        /// The command that sets it, without the condition.
        let command: String
        let condition: String?
        let isEnabled: Bool
        let disposition: Breakpoint.Disposition
        let ignoreCount: UInt64
    }

    /// All of them, in the order in which they were set.
    private static func points(of session: Session) -> [Point] {
        var points: [Point] = []
        for breakpoint in session.breakpoints {
            let location: String
            switch breakpoint.place {
            case .virtual(let address):
                location = breakpoint.name == nil ? "*" + address.description : breakpoint.location
            case .physical: location = breakpoint.place.description
            }
            let vcpu = breakpoint.vcpu.map { " vcpu \($0)" } ?? ""
            let isTemporary = breakpoint.disposition == .delete
            points.append(
                Point(
                    number: breakpoint.number, command: (isTemporary ? "tbreak " : "break ") + location + vcpu,
                    condition: breakpoint.condition?.text, isEnabled: breakpoint.isEnabled,
                    disposition: isTemporary ? .keep : breakpoint.disposition, ignoreCount: breakpoint.ignoreCount))
        }
        for watchpoint in session.watchpoints {
            points.append(
                Point(
                    number: watchpoint.number, command: watchpoint.kind.command + " " + watchpoint.text,
                    condition: watchpoint.condition?.text, isEnabled: watchpoint.isEnabled,
                    disposition: watchpoint.disposition, ignoreCount: watchpoint.ignoreCount))
        }
        points.sort { $0.number < $1.number }
        return points
    }

    /// The lines that set `point` again.
    private static func script(of point: Point, _ context: Context) -> String {
        var line = point.command
        if let condition = point.condition { line += " if " + condition }
        var lines = [line]
        switch point.disposition {
        case .keep: break
        case .disable: lines.append("enable once $bpnum")
        case .delete: lines.append("enable delete $bpnum")
        }
        if !point.isEnabled { lines.append("disable $bpnum") }
        if point.ignoreCount > 0 { lines.append("ignore $bpnum \(point.ignoreCount)") }
        if let commands = context.breakpointCommands[point.number], !commands.isEmpty {
            lines.append("commands $bpnum")
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
