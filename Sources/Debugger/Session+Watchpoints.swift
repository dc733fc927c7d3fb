import Guest
import RISCV
import Target

/// The watchpoints of a session.
struct Watching {
    /// By number, lowest first.
    var watchpoints: [Watchpoint] = []
    /// What the latest stop was for, if for watchpoints.
    var report: WatchReport?
    /// What the guest's target was told to watch.
    var ranges: [WatchedRange] = []
    /// Whether pages are open, for one step.
    var isOpen = false
    /// How many instructions are still to be stepped at most, up to an LR, since an SC was made to fail; mostly 0.
    var retrySteps = 0

    /// Where the watchpoint `number` is in the list.
    func index(of number: Int) -> Int? { watchpoints.firstIndex { $0.number == number } }
}

extension Session {
    /// The watchpoints by number, lowest first.
    public var watchpoints: [Watchpoint] { watching.watchpoints }

    /// The numbers of all breakpoints and watchpoints, lowest first.
    public var numbers: [Int] { (breakpoints.map { $0.number } + watchpoints.map { $0.number }).sorted() }

    /// Throws `.noBreakpoint` unless there is a breakpoint or a watchpoint `number`.
    public func requireNumber(_ number: Int) throws(DebuggerError) {
        if watching.index(of: number) == nil { _ = try breakpoint(number) }
    }

    /// What the latest stop was for, if its reason is `.watchpoint`.
    public var watchReport: WatchReport? {
        if case .watchpoint? = stop?.reason { return watching.report }
        return nil
    }

    /// Watches what `expression`, written as `text`, stands for: a place in memory, which stays the same from then on. Throws
    /// `.watchpoint` where it has none, and `.target`.
    @discardableResult
    public func setWatchpoint(
        _ kind: Watchpoint.Kind, _ expression: Expression, text: String,
        condition: (text: String, expression: Expression)? = nil
    ) throws(DebuggerError) -> Watchpoint {
        let location = try watchLocation(expression, text)
        var watchpoint = Watchpoint(
            number: nextBreakpointNumber, kind: kind, text: text, expression: expression, location: location,
            condition: condition, state: .waiting)
        try arm(&watchpoint)
        watching.watchpoints.append(watchpoint)
        do throws(DebuggerError) { try layWatches() } catch {
            watching.watchpoints.removeLast()
            throw error
        }
        takeBreakpointNumber()
        return watchpoint
    }

    /// Deletes the watchpoint `number`, if that is one: whether it is. Its page runs at full speed again. Throws `.target`.
    func deleteWatchpoint(_ number: Int) throws(DebuggerError) -> Bool {
        guard let index = watching.index(of: number) else { return false }
        watching.watchpoints.remove(at: index)
        try layWatches()
        return true
    }

    /// Deletes all watchpoints. Throws `.target`.
    func deleteAllWatchpoints() throws(DebuggerError) {
        watching.watchpoints.removeAll()
        try layWatches()
    }

    /// Enables the watchpoint `number`, or disables it: whether that is one. Throws `.target`.
    func enableWatchpoint(
        _ number: Int, _ isEnabled: Bool, _ disposition: Breakpoint.Disposition? = nil
    ) throws(DebuggerError) -> Bool {
        guard let index = watching.index(of: number) else { return false }
        let before = watching.watchpoints[index]
        var watchpoint = before
        watchpoint.isEnabled = isEnabled
        if let disposition { watchpoint.disposition = disposition }
        if case .lost = watchpoint.state {} else { watchpoint.state = .waiting }
        try arm(&watchpoint)
        watching.watchpoints[index] = watchpoint
        do throws(DebuggerError) { try layWatches() } catch {
            watching.watchpoints[index] = before
            throw error
        }
        return true
    }

    /// Changes the watchpoint `number`, its condition or ignore count, by `change`, if that is one: whether it is.
    func changeWatchpoint(_ number: Int, _ change: (inout Watchpoint) -> Void) -> Bool {
        guard let index = watching.index(of: number) else { return false }
        change(&watching.watchpoints[index])
        return true
    }

    /// Tries to arm the watchpoints that have no place yet. A sentence for each that was pending and now is armed, and one if the
    /// target cannot watch them: they stay pending. Throws `.target` where memory cannot be read.
    @discardableResult
    func armPendingWatchpoints() throws(DebuggerError) -> [String] {
        guard guest != nil else { return [] }
        var notes: [String] = []
        var fresh: [Int] = []
        for index in watching.watchpoints.indices {
            let before = watching.watchpoints[index].state
            if case .armed = before { continue }
            try arm(&watching.watchpoints[index])
            if !watching.watchpoints[index].regions.isEmpty { fresh.append(index) }
            if case .pending = before, case .armed(let regions) = watching.watchpoints[index].state {
                notes.append(
                    "Watchpoint \(watching.watchpoints[index].number), which was pending, is armed now at GPA "
                        + "\(regions.first?.start.description ?? "").")
            }
        }
        do throws(DebuggerError) { try layWatches() } catch {
            for index in fresh { watching.watchpoints[index].state = .pending(error.message) }
            return [error.message + " Of \(watchpoints.count) watchpoints \(fresh.count) are pending."]
        }
        return notes
    }

    /// The guest is gone: no watchpoint has a place.
    func forgetWatches() {
        watching.report = nil
        watching.ranges = []
        watching.retrySteps = 0
        for index in watching.watchpoints.indices {
            watching.watchpoints[index].bytes = []
            if case .lost = watching.watchpoints[index].state { continue }
            watching.watchpoints[index].state = .waiting
        }
    }

    /// Lets the watchpoints at symbols follow these into another program.
    func relocateWatchpoints() {
        for index in watching.watchpoints.indices where watching.watchpoints[index].expression.isConstantPlace {
            let watchpoint = watching.watchpoints[index]
            do {
                watching.watchpoints[index].location = try watchLocation(watchpoint.expression, watchpoint.text)
                watching.watchpoints[index].state = .waiting
            } catch {
                watching.watchpoints[index].state = .lost(error.message)
            }
        }
    }

    /// Sees the watched values as they are now: what changed since without the guest's doing, as by `set`, stops nothing.
    func refreshWatchedValues(_ guest: Guest) throws(DebuggerError) {
        for index in watching.watchpoints.indices {
            let regions = watching.watchpoints[index].regions
            if regions.isEmpty { continue }
            watching.watchpoints[index].bytes = try watchedBytes(guest, regions)
        }
    }

    /// The watched bytes as the guest wrote them.
    func watchedBytes(_ guest: Guest, _ regions: [MemoryRegion]) throws(DebuggerError) -> [UInt8] {
        var bytes: [UInt8] = []
        for region in regions {
            do { bytes += try guest.sites.read(at: region.start, count: Int(clamping: region.byteCount)) } catch {
                throw .target(error)
            }
        }
        return bytes
    }

    private func watchLocation(_ expression: Expression, _ text: String) throws(DebuggerError) -> MemoryLocation {
        let location: MemoryLocation?
        do throws(ExpressionError) { location = try expression.location(in: self) } catch {
            throw .watchpoint(error.message)
        }
        guard let location else {
            throw .watchpoint(
                "\"\(text)\" has no place in memory that could be watched. Watch what is in memory: a symbol, or {TYPE}ADDRESS."
            )
        }
        guard location.bits == nil else {
            throw .watchpoint(
                "\"\(text)\" is a bit-field, which cannot be watched by itself. Watch the bytes that it is in, as in {u64}"
                    + "\(location.address.description).")
        }
        guard location.type.isReadable else {
            throw .watchpoint(
                "\"\(text)\" is no number of 1, 2, 4 or 8 bytes. Name what is to be watched of it, as in {u64}"
                    + "\(location.address.description).")
        }
        return location
    }

    /// Finds the place of the watched bytes in physical memory, piece by piece: pages that are neighbours in virtual memory need
    /// not be neighbours in physical memory.
    private func arm(_ watchpoint: inout Watchpoint) throws(DebuggerError) {
        guard let guest, watchpoint.isEnabled else { return }
        if case .lost = watchpoint.state { return }
        let address = watchpoint.location.address
        let total = UInt64(watchpoint.location.type.byteCount)
        let upToEdge = min(total, 4096 - (address.value & 4095))
        var regions: [MemoryRegion] = []
        do {
            regions.append(MemoryRegion(start: try placed(address, 0), byteCount: upToEdge))
            if upToEdge < total {
                regions.append(MemoryRegion(start: try placed(address, upToEdge), byteCount: total - upToEdge))
            }
        } catch .unmapped(_, let why) {
            watchpoint.state = .pending(why)
            return
        }
        for region in regions
        where !guest.target.memory.contains(where: { $0.contains(region.start, count: region.byteCount) }) {
            watchpoint.state = .pending("GPA \(region.start.description) is not in the guest's RAM.")
            return
        }
        watchpoint.state = .armed(regions)
        watchpoint.bytes = try watchedBytes(guest, regions)
    }

    /// Where the byte `offset` bytes behind `address` lies in physical memory.
    private func placed(_ address: GuestAddress, _ offset: UInt64) throws(DebuggerError) -> GuestPhysicalAddress {
        switch address {
        case .virtual(let address): return try physical(of: .virtual(address + offset))
        case .physical(let address): return address + offset
        }
    }

    /// Tells the target what is to be watched, if that has changed. Throws `.target`.
    private func layWatches() throws(DebuggerError) {
        guard let guest else { return }
        var ranges: [WatchedRange] = []
        for watchpoint in watching.watchpoints {
            for region in watchpoint.regions {
                ranges.append(
                    WatchedRange(start: region.start, byteCount: region.byteCount, kind: watchpoint.kind.watched))
            }
        }
        if ranges == watching.ranges { return }
        do throws(TargetError) { try guest.target.setWatches(ranges) } catch { throw .target(error) }
        watching.ranges = ranges
    }
}

extension Watchpoint.Kind {
    /// What the target is told to watch for.
    fileprivate var watched: WatchedRange.Kind {
        switch self {
        case .change: return .change
        case .read: return .read
        case .access: return .access
        }
    }
}

extension Expression {
    /// Whether the place that it stands for follows from the program alone, whatever the guest does.
    fileprivate var isConstantPlace: Bool { root.isConstantPlace }
}

extension Node {
    fileprivate var isConstantPlace: Bool {
        switch kind {
        case .symbol: return true
        case .memory(let type, let operand): return type.isKnown && operand.isConstantAddress
        case .dereference(let operand): return operand.isConstantAddress
        case .index(let operand, let index): return operand.isConstantAddress && index.isConstantAddress
        default: return false
        }
    }

    /// Whether its value follows from the program alone. A symbol does not, unless it stands for its address.
    private var isConstantAddress: Bool {
        switch kind {
        case .integer: return true
        case .address(let operand): return operand.isConstantPlace
        case .symbol: return false
        case .cast(let type, let operand): return type.isKnown && operand.isConstantAddress
        case .prefix(_, let operand): return operand.isConstantAddress
        case .binary(_, let left, let right): return left.isConstantAddress && right.isConstantAddress
        default: return false
        }
    }
}
