import Guest
import Symbols
import Target

extension Session {
    /// Sets a breakpoint at `address`; `location` is how the user wrote it, `symbol` what the address is made of, if of a
    /// symbol. Throws `.misaligned` and `.target`.
    @discardableResult
    public func setBreakpoint(
        at address: GuestVirtualAddress, location: String, symbol: (name: String, offset: UInt64)? = nil
    ) throws(DebuggerError) -> Breakpoint {
        if address.value & 1 != 0 { throw .misaligned(address, 2) }
        var breakpoint = Breakpoint(
            number: nextBreakpointNumber, location: location, address: address, symbol: symbol, state: .waiting)
        try arm(&breakpoint)
        nextBreakpointNumber += 1
        breakpoints.append(breakpoint)
        return breakpoint
    }

    /// Deletes the breakpoint `number`; no `ebreak` of it stays in the guest. Throws `.noBreakpoint` and `.target`.
    public func deleteBreakpoint(_ number: Int) throws(DebuggerError) {
        guard let index = breakpoints.firstIndex(where: { $0.number == number }) else { throw .noBreakpoint(number) }
        if case .armed(let site) = breakpoints[index].state, let guest {
            do throws(TargetError) { try guest.sites.remove(site) } catch { throw .target(error) }
        }
        breakpoints.remove(at: index)
    }

    /// Deletes all breakpoints. Throws `.target`.
    public func deleteAllBreakpoints() throws(DebuggerError) {
        for number in breakpoints.map({ $0.number }) { try deleteBreakpoint(number) }
    }

    /// Tries to arm the breakpoints that have no site yet: a new guest, or page tables that have changed. Throws `.target`.
    func armPending() throws(DebuggerError) {
        guard guest != nil else { return }
        for index in breakpoints.indices {
            if case .armed = breakpoints[index].state { continue }
            try arm(&breakpoints[index])
        }
    }

    /// Lets the breakpoints at symbols follow these into another program.
    func relocateBreakpoints() {
        for index in breakpoints.indices {
            guard let place = breakpoints[index].symbol else { continue }
            if let symbol = symbols?.symbol(named: place.name) {
                breakpoints[index].address = symbol.address + place.offset
                breakpoints[index].state = .waiting
            } else {
                breakpoints[index].state = .lost(place.name)
            }
        }
    }

    private func arm(_ breakpoint: inout Breakpoint) throws(DebuggerError) {
        guard let guest else { return }
        if case .lost = breakpoint.state { return }
        guard breakpoint.address.value % UInt64(guest.sites.byteCount) == 0 else {
            breakpoint.state = .pending(
                DebuggerError.misaligned(breakpoint.address, guest.sites.byteCount).message)
            return
        }
        do {
            let address = try breakpointAddress(breakpoint.address)
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

    /// Where the instruction at the virtual `address` lies in physical memory: by the guest's page tables while its paging is
    /// on; before that by the program's own placing of its segments, so that a kernel linked high can be stopped before
    /// it turns paging on.
    private func breakpointAddress(_ address: GuestVirtualAddress) throws(DebuggerError) -> GuestPhysicalAddress {
        if try !isPagingOn(), let placed = program?.physical(for: address) { return placed }
        return try translate(address)
    }

    /// The numbers of the breakpoints whose site is at `address`.
    func breakpointIndices(at address: GuestPhysicalAddress) -> [Int] {
        breakpoints.indices.filter { breakpoints[$0].state == .armed(address) }
    }
}
