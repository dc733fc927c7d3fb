import Debugger
import Guest
import Target

/// `info watchpoints`: the list.
enum InfoWatchpoints {
    static var command: Command {
        Command(
            name: "watchpoints", group: .breakpoints,
            usage: ["info watchpoints"],
            summary: "List the watchpoints",
            help: """
                Lists the watchpoints: number, command, expression, address, how often each was hit, and whether it is armed (with
                the guest-physical address of the watched bytes), pending and why, or waiting for a guest.
                """
        ) { (arguments, _) throws(CommandError) in
            try arguments.end()
            return { (context) throws(CommandError) in
                let watchpoints = context.session.watchpoints
                if watchpoints.isEmpty { context.line("No watchpoints.") }
                for watchpoint in watchpoints { show(watchpoint, context) }
            }
        }
    }

    /// Shows a line about `watchpoint`, and more where there is more to say.
    static func show(_ watchpoint: Watchpoint, _ context: Context) {
        let times = watchpoint.hits == 1 ? "1 hit" : "\(watchpoint.hits) hits"
        context.line(
            "\(watchpoint.number)  \(watchpoint.kind.command) \(watchpoint.text)  "
                + "\(context.addressText(watchpoint.location.address))  \(times), " + state(watchpoint))
        context.showStopTerms(
            watchpoint.number, condition: watchpoint.condition?.text, ignoreCount: watchpoint.ignoreCount,
            watchpoint.disposition)
    }

    private static func state(_ watchpoint: Watchpoint) -> String {
        guard watchpoint.isEnabled else { return "disabled" }
        switch watchpoint.state {
        case .waiting: return "waiting for a guest"
        case .lost(let why): return "waiting for another program: \(why)"
        case .pending(let why): return "pending: \(why)"
        case .armed(let regions):
            return "armed at GPA " + regions.map { $0.start.description }.joined(separator: " and ")
        }
    }
}
