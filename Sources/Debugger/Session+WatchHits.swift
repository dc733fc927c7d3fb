import Guest
import Target

extension Session {
    /// Whether what an instruction did is to stop the guest; `watching.report` then tells why.
    func stops(_ guest: Guest, _ access: WatchedStep) throws(DebuggerError) -> Bool {
        var hits: [WatchHit] = []
        for index in watching.watchpoints.indices {
            let watchpoint = watching.watchpoints[index]
            if watchpoint.regions.isEmpty { continue }
            let bytes = try watchedBytes(guest, watchpoint.regions)
            let old = bytes == watchpoint.bytes ? nil : watchpoint.bytes
            watching.watchpoints[index].bytes = bytes
            guard isHit(watchpoint, access, hasChanged: old != nil) else { continue }
            if let hit = hit(index, watchpoint.kind == .read ? nil : old) { hits.append(hit) }
        }
        watching.report = hits.isEmpty ? nil : WatchReport(origin: access.pc, hits: hits)
        return !hits.isEmpty
    }

    private func isHit(_ watchpoint: Watchpoint, _ access: WatchedStep, hasChanged: Bool) -> Bool {
        if watchpoint.kind == .change { return hasChanged }
        guard access.reads || watchpoint.kind == .access && access.writes else { return false }
        guard let regions = access.regions else { return true }
        return watchpoint.regions.contains { watched in regions.contains { watched.overlaps($0) } }
    }

    /// Counts the hit of the watchpoint at `index`, whose bytes were `old` before if they have changed; nil where its condition or
    /// its ignore count lets the guest go on.
    private func hit(_ index: Int, _ old: [UInt8]?) -> WatchHit? {
        let watchpoint = watching.watchpoints[index]
        var conditionError: String?
        if let condition = watchpoint.condition {
            do throws(ExpressionError) {
                if try !condition.expression.isTrue(in: self) { return nil }
            } catch {
                conditionError =
                    "The condition of watchpoint \(watchpoint.number), \(condition.text), cannot be evaluated: \(error.message)"
            }
        }
        watching.watchpoints[index].hits += 1
        if conditionError == nil, watchpoint.ignoreCount > 0 {
            watching.watchpoints[index].ignoreCount -= 1
            return nil
        }
        let type = watchpoint.location.type
        return WatchHit(
            number: watchpoint.number, kind: watchpoint.kind, text: watchpoint.text,
            old: old.map { Value(representation: littleEndian($0), type) },
            new: Value(representation: littleEndian(watching.watchpoints[index].bytes), type),
            conditionError: conditionError)
    }

    /// The stop that `watching.report` tells of, behind the instruction that did it.
    func watchStop(_ guest: Guest, at pc: GuestVirtualAddress) throws(DebuggerError) -> Stop {
        var numbers: [Int] = []
        var notes: [String] = []
        for hit in watching.report?.hits ?? [] {
            numbers.append(hit.number)
            if let error = hit.conditionError { notes.append(error) }
        }
        // A breakpoint that pc has come to is hit when the guest goes on.
        var stop = Stop(reason: .watchpoint(numbers), pc: pc, hitsBreakpointHere: try isPlanted(guest, at: pc))
        stop.notes = notes
        return stop
    }

    /// Watchpoints that stop the guest only once are deleted or disabled.
    func disposeOfWatchHit(_ numbers: [Int]) throws(DebuggerError) {
        if let first = numbers.first { variables["_hit_bpnum"] = Value(UInt64(first), .i64) }
        for number in numbers {
            guard let index = watching.index(of: number) else { continue }
            switch watching.watchpoints[index].disposition {
            case .delete: _ = try deleteWatchpoint(number)
            case .disable: _ = try enableWatchpoint(number, false)
            case .keep: break
            }
        }
    }
}
