import Debugger
import Guest

/// `info breakpoints`: the list.
enum InfoBreakpoints {
    static var command: Command {
        Command(
            name: "breakpoints", aliases: ["b", "break"], group: .breakpoints,
            usage: ["info breakpoints"],
            summary: "List the breakpoints",
            help: """
                Lists the breakpoints, and behind them the watchpoints: number, address, how often each was hit, and whether it is armed (with the
                guest-physical address at which the guest's memory holds it), pending and why, or waiting for a guest.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                let breakpoints = context.session.breakpoints
                let watchpoints = context.session.watchpoints
                if breakpoints.isEmpty && watchpoints.isEmpty { context.line("No breakpoints.") }
                for breakpoint in breakpoints { show(breakpoint, context) }
                for watchpoint in watchpoints { InfoWatchpoints.show(watchpoint, context) }
            }
        }
    }

    private static func show(_ breakpoint: Breakpoint, _ context: Context) {
        let times = breakpoint.hits == 1 ? "1 hit" : "\(breakpoint.hits) hits"
        context.line(
            "\(breakpoint.number)  \(context.placeText(breakpoint.place))  \(times), " + state(breakpoint, context))
        if let vcpu = breakpoint.vcpu { context.line("   stops vCPU \(vcpu) only") }
        context.showStopTerms(
            breakpoint.number, condition: breakpoint.condition?.text, ignoreCount: breakpoint.ignoreCount,
            breakpoint.disposition)
        if breakpoint.overwritten > 0 {
            let times = breakpoint.overwritten == 1 ? "once" : "\(breakpoint.overwritten) times"
            context.line("   overwritten by the guest \(times), and armed again")
        }
    }

    private static func state(_ breakpoint: Breakpoint, _ context: Context) -> String {
        if !breakpoint.isEnabled { return "disabled" }
        switch breakpoint.state {
        case .waiting: return "waiting for a guest"
        case .lost(let name): return "waiting for a program with a \(name.subject)"
        case .pending(let why): return "pending: \(why)"
        case .armed(let address):
            let place = "armed at GPA \(address.description)"
            return context.session.guestDebug ? place : place + ", not while guest debug is off"
        }
    }
}
