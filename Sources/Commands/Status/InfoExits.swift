import Debugger
import RISCV
import Target

/// `info exits`: why the guest came back, and what it cost.
enum InfoExits {
    static var command: Command {
        Command(
            name: "exits", group: .status,
            usage: ["info exits"],
            summary: "Count the guest's exits and the calls of KVM",
            help: """
                Shows what happened since the guest was made: how often it exited to kvmdbg and why, which SBI calls came to
                kvmdbg, how long the guest ran and how long it stood, and how often each ioctl of KVM was issued. What the
                kernel serves itself, such as SBI calls for the timer, exits to the kernel only: "info stats" counts that.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                let counts = try context.engine { (session) throws(DebuggerError) in try session.runCounts() }
                context.line("exits:")
                show(counts.exits.map { ($0.name, $0.count) }, context)
                if !counts.sbi.isEmpty {
                    context.line("SBI calls among them:")
                    var rows = counts.sbi.map { (SBIName.function($0.function, of: $0.extension), $0.count) }
                    if counts.otherSBI > 0 { rows.append(("of further kinds", counts.otherSBI)) }
                    show(rows, context)
                }
                time(counts, context)
                context.line("ioctls:")
                show(counts.calls.map { ($0.name, $0.count) }, context)
            }
        }
    }

    private static func show(_ rows: [(String, UInt64)], _ context: Context) {
        if rows.isEmpty { context.line("  none") }
        let width = rows.map { "\($0.1)".utf8.count }.max() ?? 0
        for (name, count) in rows { context.line("  " + Quantity.padded("\(count)", width) + "  " + name) }
    }

    private static func time(_ counts: RunCounts, _ context: Context) {
        let total = counts.totalNanoseconds
        guard let inside = counts.guestNanoseconds else {
            context.line("time: \(Quantity.seconds(total)) since the guest was made")
            return
        }
        context.line(
            "time: \(Quantity.seconds(inside)) in KVM_RUN (\(Quantity.percent(inside, of: total))), "
                + "\(Quantity.seconds(total &- min(inside, total))) outside, since the guest was made")
    }
}
