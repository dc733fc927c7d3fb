import Guest
import RISCV
import Target

/// What a hart knows of watched memory: it tells of loads and stores to it as the machine does, and executes no atomic operation
/// on a watched page unless that is open.
struct HartWatches {
    var ranges: [WatchedRange] = []
    /// The pages that are open; nil in the list stands for all.
    var open: [UInt64?] = []

    private func isOpen(_ address: GuestPhysicalAddress) -> Bool {
        open.contains { $0 == nil || $0 == address.value >> 12 }
    }

    private func touches(_ range: WatchedRange, _ address: GuestPhysicalAddress) -> Bool {
        range.region.start.value >> 12 <= address.value >> 12
            && address.value >> 12 <= (range.region.end.value - 1) >> 12
    }

    /// Whether a store there does not come through.
    func protects(_ address: GuestPhysicalAddress) -> Bool {
        ranges.contains { touches($0, address) } && !isOpen(address)
    }

    /// Whether nothing there comes through.
    func hides(_ address: GuestPhysicalAddress?) -> Bool {
        guard let address else { return false }
        return ranges.contains { $0.kind != .change && touches($0, address) } && !isOpen(address)
    }
}

extension TinyHart {
    /// Executes a load, a store or an atomic operation of eight bytes; nil for another instruction.
    func memoryInstruction(_ bits: UInt32) -> (event: TargetEvent?, isDone: Bool)? {
        let rd = bits >> 7 & 31
        let rs1 = x(bits >> 15 & 31)
        let rs2 = x(bits >> 20 & 31)
        guard bits >> 12 & 7 == 3 else { return nil }
        switch bits & 0x7F {
        case 0x03:
            return access(
                rs1 &+ UInt64(bitPattern: Int64(Int32(bitPattern: bits) >> 20)), rd, { _ in nil }, isAtomic: false)
        case 0x23:
            let offset = Int64((Int32(bitPattern: bits) >> 25) << 5) | Int64(bits >> 7 & 31)
            return access(rs1 &+ UInt64(bitPattern: offset), 0, { _ in rs2 }, isAtomic: false, reads: false)
        case 0x2F where bits >> 27 == 0: return access(rs1, rd, { $0 &+ rs2 }, isAtomic: true)
        case 0x2F where bits >> 27 == 2:
            let outcome = access(rs1, rd, { _ in nil }, isAtomic: true)
            if outcome.isDone { reservation = rs1 }
            return outcome
        case 0x2F where bits >> 27 == 3:
            let isReserved = reservation == rs1
            if let physical = translate(rs1), watches.protects(physical) { return (.blocked, false) }
            reservation = nil
            guard isReserved else { return (done(to: pc + 4, rd, 1), true) }
            let outcome = access(rs1, 0, { _ in rs2 }, isAtomic: true, reads: false)
            setX(rd, 0)
            return outcome
        default: return nil
        }
    }

    private func access(
        _ address: UInt64, _ rd: UInt32, _ change: (UInt64) -> UInt64?, isAtomic: Bool, reads: Bool = true
    ) -> (event: TargetEvent?, isDone: Bool) {
        guard let old = load(address, 8), let physical = translate(address), let start = try? offset(physical, 8) else {
            return (trap(Cause(code: reads ? 13 : 15), value: address), false)
        }
        let new = change(old)
        let isClosed = new == nil ? watches.hides(physical) : watches.protects(physical)
        if isClosed && isAtomic { return (.blocked, false) }
        let origin = GuestVirtualAddress(pc)
        if let new { for index in 0..<8 { ram[start + index] = UInt8(truncatingIfNeeded: new >> (8 * UInt64(index))) } }
        let event = done(to: pc + 4, rd, old)
        guard isClosed, event == nil else { return (event, true) }
        let region = MemoryRegion(start: physical, byteCount: 8)
        let isTold = watches.ranges.contains { range in
            guard range.region.overlaps(region) else { return false }
            switch range.kind {
            case .change: return new.map { $0 != old } ?? false
            case .read: return reads
            case .access: return true
            }
        }
        let told = WatchedAccess(pc: origin, regions: [region], reads: reads, writes: new != nil)
        return (isTold ? .watched(told) : nil, true)
    }

    // MARK: Target

    func setWatches(_ ranges: [WatchedRange]) throws(TargetError) {
        calls.append("watch \(ranges.count)")
        guard ranges.count <= watchLimit else { throw .host("There are no slots for \(ranges.count) ranges.") }
        watches.ranges = ranges
    }

    func openWatches(at addresses: [GuestPhysicalAddress]?) throws(TargetError) {
        calls.append("open")
        watches.open = addresses.map { $0.map { $0.value >> 12 } } ?? [nil]
    }

    func closeWatches() throws(TargetError) {
        calls.append("close")
        watches.open = []
    }
}
