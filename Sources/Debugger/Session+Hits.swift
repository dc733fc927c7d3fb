import Guest

extension Session {
    /// What the breakpoints at the guest-physical `address`, which the guest knows as `pc`, make of its arrival there: a stop; or nil,
    /// where none is to stop it now. A condition that cannot be evaluated stops it.
    func hit(at address: GuestPhysicalAddress, _ pc: GuestVirtualAddress) throws(DebuggerError) -> Stop? {
        var numbers: [Int] = []
        var notes: [String] = []
        for entry in breakpointTable.entries(at: address) {
            if let vcpu = entry.breakpoint.vcpu, vcpu != currentVCPU { continue }
            let number = entry.breakpoint.number
            if let condition = entry.breakpoint.condition {
                do {
                    if try !condition.expression.isTrue(in: self) { continue }
                } catch {
                    notes.append(
                        "The condition of breakpoint \(number), \(condition.text), cannot be evaluated: \(error.message)"
                    )
                }
            }
            if entry.countHit(ignores: notes.isEmpty) { continue }
            numbers.append(number)
        }
        guard !numbers.isEmpty else { return nil }
        var stop = Stop(reason: .breakpoint(numbers), pc: pc)
        stop.notes = notes
        return stop
    }

    /// Breakpoints that stop the guest only once are deleted or disabled; `$_hit_bpnum` is the first that was hit.
    func disposeOfHit(_ stop: Stop) throws(DebuggerError) {
        if case .watchpoint(let numbers) = stop.reason { return try disposeOfWatchHit(numbers) }
        guard case .breakpoint(let numbers) = stop.reason else { return }
        if let first = numbers.first { variables["_hit_bpnum"] = Value(UInt64(first), .i64) }
        for number in numbers {
            switch breakpointTable[number]?.disposition {
            case .delete: try deleteBreakpoint(number)
            case .disable: try enableBreakpoint(number, false)
            case .keep, nil: break
            }
        }
    }
}
