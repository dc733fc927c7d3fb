import Guest
import RISCV
import Symbols
import Target

extension Session {
    /// The breakpoints by number, lowest first.
    public var breakpoints: [Breakpoint] { breakpointTable.all }

    /// The number of the breakpoint that was set last and still exists; nil where there is none.
    public var latestBreakpoint: Int? {
        let last = nextBreakpointNumber - 1
        if breakpointTable[last] != nil || watching.index(of: last) != nil { return last }
        return numbers.last
    }

    /// Whether there is any breakpoint.
    public var hasBreakpoints: Bool { !breakpointTable.isEmpty }

    /// The breakpoint `number`. Throws `.noBreakpoint`.
    public func breakpoint(_ number: Int) throws(DebuggerError) -> Breakpoint {
        guard let breakpoint = breakpointTable[number] else { throw .noBreakpoint(number) }
        return breakpoint
    }

    /// Sets a breakpoint at `place`; `location` is how the user wrote it, `name` what the address is named by, if by
    /// anything; with `vcpu`, that one alone is stopped. `$bpnum` becomes its number. Throws `.misaligned` and `.target`.
    @discardableResult
    public func setBreakpoint(
        at place: CodePlace, location: String, name: CodeName? = nil,
        condition: (text: String, expression: Expression)? = nil, vcpu: Int? = nil,
        disposition: Breakpoint.Disposition = .keep
    ) throws(DebuggerError) -> Breakpoint {
        if place.value & 1 != 0 { throw .misaligned(place, 2) }
        var breakpoint = Breakpoint(
            number: nextBreakpointNumber, location: location, place: place, name: name, disposition: disposition,
            vcpu: vcpu, condition: condition, state: .waiting)
        try arm(&breakpoint)
        takeBreakpointNumber()
        breakpointTable[breakpoint.number] = breakpoint
        return breakpoint
    }

    /// The next number, which is then taken; `$bpnum` has it.
    @discardableResult
    func takeBreakpointNumber() -> Int {
        let number = nextBreakpointNumber
        nextBreakpointNumber += 1
        variables["bpnum"] = Value(UInt64(number), .i64)
        return number
    }

    /// Deletes the breakpoint `number`; no `ebreak` of it stays in the guest. Throws `.noBreakpoint` and `.target`.
    public func deleteBreakpoint(_ number: Int) throws(DebuggerError) {
        if try deleteWatchpoint(number) { return }
        var breakpoint = try breakpoint(number)
        try disarm(&breakpoint)
        breakpointTable[number] = nil
    }

    /// Deletes all breakpoints. Throws `.target`.
    public func deleteAllBreakpoints() throws(DebuggerError) {
        for number in breakpointTable.numbers { try deleteBreakpoint(number) }
        try deleteAllWatchpoints()
    }

    /// Enables the breakpoint `number`, or disables it; an enabled one then has `disposition`. Throws `.noBreakpoint` and `.target`.
    public func enableBreakpoint(
        _ number: Int, _ isEnabled: Bool, _ disposition: Breakpoint.Disposition? = nil
    ) throws(DebuggerError) {
        if try enableWatchpoint(number, isEnabled, disposition) { return }
        var breakpoint = try breakpoint(number)
        breakpoint.isEnabled = isEnabled
        if let disposition { breakpoint.disposition = disposition }
        if isEnabled {
            if case .armed = breakpoint.state {} else { try arm(&breakpoint) }
        } else {
            try disarm(&breakpoint)
        }
        breakpointTable[number] = breakpoint
    }

    /// Gives the breakpoint `number` a condition, or takes its condition away. Throws `.noBreakpoint`.
    public func setCondition(
        _ number: Int, _ condition: (text: String, expression: Expression)?
    ) throws(DebuggerError) {
        if changeWatchpoint(number, { $0.condition = condition }) { return }
        _ = try breakpoint(number)
        breakpointTable[number]?.condition = condition
    }

    /// Lets the next `count` hits of the breakpoint `number` pass. Throws `.noBreakpoint`.
    public func setIgnoreCount(_ number: Int, _ count: UInt64) throws(DebuggerError) {
        if changeWatchpoint(number, { $0.ignoreCount = count }) { return }
        _ = try breakpoint(number)
        breakpointTable[number]?.ignoreCount = count
    }

    /// Tries to arm the breakpoints that have no site yet: a new guest, or page tables that have changed. A sentence for each
    /// that was pending and now is armed. Throws `.target`.
    @discardableResult
    func armPending() throws(DebuggerError) -> [String] {
        guard guest != nil, !breakpointTable.unarmed.isEmpty else { return [] }
        var notes: [String] = []
        for number in breakpointTable.unarmed.sorted() {
            guard var breakpoint = breakpointTable[number] else { continue }
            let before = breakpoint.state
            try arm(&breakpoint)
            if before != breakpoint.state { breakpointTable[number] = breakpoint }
            if case .pending = before, case .armed(let address) = breakpoint.state {
                notes.append("Breakpoint \(number), which was pending, is armed now at GPA \(address.description).")
            }
        }
        return notes
    }

    /// Puts the `ebreak`s back over which the guest wrote; a sentence for each. Throws `.target`.
    func rearmOverwritten(_ guest: Guest) throws(DebuggerError) -> [String] {
        let addresses: [GuestPhysicalAddress]
        do { addresses = try guest.sites.rearmOverwritten() } catch { throw .target(error) }
        var notes: [String] = []
        for address in addresses {
            for number in breakpointTable.numbers(at: address) {
                breakpointTable[number]?.overwritten += 1
                notes.append(
                    "The guest wrote over the code at breakpoint \(number), GPA \(address.description). "
                        + "The breakpoint is armed again, over the new code.")
            }
        }
        return notes
    }

    /// The guest is gone: no breakpoint has a site.
    func forgetSites() {
        for breakpoint in breakpointTable.all {
            if case .lost = breakpoint.state { continue }
            breakpointTable[breakpoint.number]?.state = .waiting
        }
    }

    /// Lets the breakpoints at symbols and lines follow these into another program.
    func relocateBreakpoints() {
        for breakpoint in breakpointTable.all {
            guard let name = breakpoint.name else { continue }
            if let place = place(of: name) {
                breakpointTable[breakpoint.number]?.place = place
                breakpointTable[breakpoint.number]?.state = .waiting
            } else {
                breakpointTable[breakpoint.number]?.state = .lost(name)
            }
        }
    }

    /// Lets the breakpoints at symbols and lines follow these to where the guest has them now; those for which nothing is found stay as they are.
    /// What was armed in the same place in the guest's memory stays armed. Throws `.target`.
    func followSymbols() throws(DebuggerError) {
        for var breakpoint in breakpointTable.all {
            guard let name = breakpoint.name, let place = place(of: name) else { continue }
            var isLost = false
            if case .lost = breakpoint.state { isLost = true }
            if place == breakpoint.place && !isLost { continue }
            if case .armed(let site) = breakpoint.state {
                let now: GuestPhysicalAddress? = try? physical(of: place)
                if now != site { try disarm(&breakpoint) }
            } else {
                breakpoint.state = .waiting
            }
            breakpoint.place = place
            breakpointTable[breakpoint.number] = breakpoint
        }
    }

    private func arm(_ breakpoint: inout Breakpoint) throws(DebuggerError) {
        guard let guest, breakpoint.isEnabled else { return }
        if case .lost = breakpoint.state { return }
        guard breakpoint.place.value % UInt64(guest.sites.byteCount) == 0 else {
            breakpoint.state = .pending(
                DebuggerError.misaligned(breakpoint.place, guest.sites.byteCount).message)
            return
        }
        do {
            let address = try physical(of: breakpoint.place)
            do {
                try guest.sites.add(address)
                breakpoint.state = .armed(address)
            } catch {
                breakpoint.state = .pending(error.message)
            }
        } catch .unmapped(_, let why) {
            breakpoint.state = .pending(why)
        }
    }

    private func disarm(_ breakpoint: inout Breakpoint) throws(DebuggerError) {
        standing.interruptedAt = nil
        if case .armed(let site) = breakpoint.state, let guest {
            do throws(TargetError) { try guest.sites.remove(site) } catch { throw .target(error) }
        }
        if case .lost = breakpoint.state { return }
        breakpoint.state = .waiting
    }

    /// Where the instruction at `place` lies in physical memory. For a virtual address by the guest's page tables while its
    /// paging is on; before that by the program's own placing of its segments, so that a kernel linked high can be stopped
    /// before it turns paging on. Throws `.unmapped`, `.noGuest` and `.target`.
    func physical(of place: CodePlace) throws(DebuggerError) -> GuestPhysicalAddress {
        switch place {
        case .physical(let address): return address
        case .virtual(let address):
            if try !isPagingOn(), let placed = self.physical(for: address) { return placed }
            return try translate(address)
        }
    }
}
