import CKVM
import Guest
import Host
import KVM
import Target

// What the machine tells of itself.
extension Machine {
    /// The VM's slots; see `TargetStatus`.
    public var memorySlots: [SlotStatus] {
        var list: [SlotStatus] = []
        for slot in vcpu.machine.slots {
            // By insertion: a sort would be as many bytes of code as this whole file.
            let place = list.lastIndex { $0.region.start < slot.start }.map { $0 + 1 } ?? 0
            let region = MemoryRegion(start: slot.start, byteCount: slot.byteCount)
            list.insert(
                SlotStatus(
                    number: slot.number, region: region, isReadOnly: slot.isReadOnly,
                    residentByteCount: slot.residentByteCount), at: place)
        }
        return list
    }

    /// The state of hart 0; see `TargetStatus`.
    public func vcpuStatus() throws(TargetError) -> VCPUStatus {
        let state: MultiprocessingState
        do throws(KVMError) { state = try vcpu.multiprocessingState() } catch { throw .host(error.message) }
        return VCPUStatus(
            id: vcpu.id, multiprocessingState: state.description, guestDebug: guestDebug,
            pendingExit: hart.isCompletionPending ? vcpu.page.reason.description : nil, endReason: endReason)
    }

    /// The kernel's binary statistics of the VM and of hart 0; see `TargetStatus`.
    public func statistics() throws(TargetError) -> [StatisticGroup] {
        do throws(KVMError) {
            try system.require(.binaryStatistics)
            return [
                try vcpu.machine.statistics().group(named: "VM"), try vcpu.statistics().group(named: "vCPU \(vcpu.id)"),
            ]
        } catch {
            if case .missing = error { throw .unavailable(error.message) }
            throw .host(error.message)
        }
    }

    /// What happened since the machine was made; see `TargetStatus`.
    public var runCounts: RunCounts {
        var counts = exitCounts.rows
        for call in IOCtl.allCases where system.counts[call] > 0 {
            counts.calls.append(.init(call.name, system.counts[call]))
        }
        counts.guestNanoseconds = exitCounts.guestNanoseconds
        counts.totalNanoseconds = MonotonicClock.nanoseconds &- made
        return counts
    }

    /// Tells `observer` of exits; see `TargetStatus`.
    public func observe(_ kinds: ExitKinds, by observer: (any ExitObserver)?) {
        observed = observer == nil ? [] : kinds
        self.observer = observer
    }
}

extension MemorySlot {
    /// How many bytes of the host memory are in use (`mincore(2)`); nil when the kernel does not tell.
    fileprivate var residentByteCount: UInt64? {
        guard let host else { return nil }
        var count: UInt64 = 0
        return Errno(result: ckvm_resident(host, Int(clamping: byteCount), &count)) == nil ? count : nil
    }
}

extension Statistics {
    fileprivate func group(named name: String) -> StatisticGroup {
        StatisticGroup(name: id.isEmpty ? name : name + " (" + id + ")", rows: statistics.map { $0.row })
    }
}

extension Statistic {
    fileprivate var row: StatisticGroup.Row {
        let kindName: String
        switch kind {
        case .cumulative: kindName = "cumulative"
        case .instant: kindName = "instant"
        case .peak: kindName = "peak"
        case .linearHistogram: kindName = "linear histogram"
        case .logarithmicHistogram: kindName = "logarithmic histogram"
        case .unknown(let number): kindName = "type \(number)"
        }
        var values: [(range: String, value: UInt64)] = []
        for (index, value) in self.values.enumerated() {
            guard let range = range(index) else {
                values.append(("", value))
                continue
            }
            if value > 0 { values.append((range, value)) }
        }
        return StatisticGroup.Row(name: name, kind: kindName, unit: unitName, values: values)
    }

    /// "ns", "2^10 bytes"; empty for a plain number.
    private var unitName: String {
        let name: String
        switch unit {
        case .plain: name = ""
        case .bytes: name = "bytes"
        case .seconds: name = "s"
        case .cycles: name = "cycles"
        case .boolean: name = "boolean"
        case .unknown(let number): name = "unit \(number)"
        }
        if exponent == 0 { return name }
        if unit == .seconds && base == 10 {
            if exponent == -9 { return "ns" }
            if exponent == -6 { return "us" }
            if exponent == -3 { return "ms" }
        }
        return "\(base)^\(exponent)" + (name.isEmpty ? "" : " " + name)
    }

    /// What falls into the place `index` of a histogram; nil for what is none.
    private func range(_ index: Int) -> String? {
        let isLast = index == values.count - 1
        switch kind {
        case .linearHistogram(let size):
            let start = UInt64(index) &* UInt64(size)
            return isLast ? "from \(start)" : "\(start)-\(start &+ UInt64(size) &- 1)"
        case .logarithmicHistogram:
            if index < 2 { return isLast ? "from \(index)" : "\(index)" }
            // Bucket n holds 2^(n-1) up to 2^n - 1.
            let start: UInt64 = index <= 64 ? 1 << UInt64(index - 1) : .max
            return isLast ? "from \(start)" : "\(start)-\((start &- 1) &+ start)"
        default: return nil
        }
    }
}
