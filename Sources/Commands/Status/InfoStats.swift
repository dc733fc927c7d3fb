import Debugger
import Guest
import Target

/// `info stats [all]`: what the kernel counts.
enum InfoStats {
    static var command: Command {
        Command(
            name: "stats", aliases: ["statistics"], group: .status,
            usage: ["info stats", "info stats all"],
            summary: "Show KVM's statistics of the VM and the virtual CPU",
            help: """
                Shows what the host's KVM counts of the VM and of the virtual CPU (KVM_GET_STATS_FD): the kernel's name, the
                number, its unit, and whether it is cumulative, instant, a peak or a histogram. Only what is not zero, unless
                "all" is asked for. The kernel counts what it serves itself too, such as SBI calls for the timer.
                """,
            completion: .words(["all"])
        ) { (arguments, _) throws(CommandError) in
            var wantsAll = false
            if let (word, span) = arguments.takeWord() {
                guard word == "all" else { throw .syntax("\"all\" or nothing is expected here.", span) }
                wantsAll = true
            }
            return { (context) throws(CommandError) in
                let groups = try context.engine { (session) throws(DebuggerError) in try session.statistics() }
                for group in groups {
                    context.line(group.name + ":")
                    let rows = group.rows.filter { wantsAll || !$0.isZero }
                    if rows.isEmpty { context.line("  nothing was counted") }
                    let width = rows.map { $0.name.utf8.count }.max() ?? 0
                    for row in rows { context.line("  " + Quantity.column(row.name, width) + "  " + text(row)) }
                }
            }
        }
    }

    /// "1234 ns (cumulative)", "8-15: 3, 16-31: 1 (logarithmic histogram, ns)".
    private static func text(_ row: StatisticGroup.Row) -> String {
        var values: [String] = []
        var hasRanges = false
        for (range, value) in row.values {
            hasRanges = hasRanges || !range.isEmpty
            values.append(range.isEmpty ? "\(value)" : "\(range): \(value)")
        }
        let numbers = values.isEmpty ? "0" : values.joined(separator: ", ")
        if hasRanges || values.isEmpty {
            return numbers + " (" + row.kind + (row.unit.isEmpty ? "" : ", " + row.unit) + ")"
        }
        return numbers + (row.unit.isEmpty ? "" : " " + row.unit) + " (" + row.kind + ")"
    }
}
