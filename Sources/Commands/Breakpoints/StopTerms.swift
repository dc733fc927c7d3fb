import Debugger

extension Context {
    /// Shows on what terms the breakpoint or watchpoint `number` stops the guest, a line for each that it has, and its commands.
    func showStopTerms(
        _ number: Int, condition: String?, ignoreCount: UInt64, _ disposition: Breakpoint.Disposition
    ) {
        if let condition { line("   stops only if \(condition)") }
        if ignoreCount > 0 { line("   ignores the next \(ignoreCount == 1 ? "hit" : "\(ignoreCount) hits")") }
        switch disposition {
        case .keep: break
        case .disable: line("   is disabled when it stopped the guest")
        case .delete: line("   is deleted when it stopped the guest")
        }
        for command in breakpointCommands[number] ?? [] {
            for text in command.lines { line("     " + text) }
        }
    }
}
