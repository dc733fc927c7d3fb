import Debugger
import Guest

extension Context {
    /// Shows what watchpoints saw, and the instruction that did it.
    func showWatch(_ report: WatchReport) {
        for hit in report.hits {
            line("Watchpoint \(hit.number): \(hit.text)")
            if let error = hit.conditionError { line("  \(error)") }
            if let old = hit.old {
                line("  Old value = \(text(of: old))")
                line("  New value = \(text(of: hit.new))")
            } else {
                line("  Value = \(text(of: hit.new))")
            }
        }
        if let origin = report.origin, let instruction = try? disassembled(at: origin) { line(instruction.text) }
    }
}
