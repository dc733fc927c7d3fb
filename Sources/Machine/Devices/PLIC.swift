import Guest
import Target

/// The platform-level interrupt controller: brings the devices' interrupt lines to the harts' external interrupt.
///
/// RISC-V Platform-Level Interrupt Controller specification 1.0.0; the addresses, and two contexts for each hart, machine mode before
/// supervisor mode, as on QEMU's machine `virt`. A guest has no machine mode: the first of the two interrupts nobody.
final class PLIC: Device {
    static let start = GuestPhysicalAddress(0x0C00_0000)
    static let byteCount: UInt64 = 0x60_0000
    /// Sources 1 to 31.
    static let sourceCount = 31

    let region = MemoryRegion(start: PLIC.start, byteCount: PLIC.byteCount)
    /// Told when a hart's external interrupt is to change.
    private let interrupt: (_ hart: Int, _ isRaised: Bool) -> Void

    private struct Context {
        var enabled: UInt32 = 0
        var threshold: UInt32 = 0
        /// What the hart was told last.
        var isRaised = false
    }

    private var priorities = [UInt32](repeating: 0, count: PLIC.sourceCount + 1)
    private var pending: UInt32 = 0
    private var lines: UInt32 = 0
    /// Claimed and not yet completed: its gateway lets no further one through.
    private var inService: UInt32 = 0
    private var contexts: [Context]

    init(hartCount: Int, interrupt: @escaping (_ hart: Int, _ isRaised: Bool) -> Void) {
        contexts = [Context](repeating: Context(), count: 2 * hartCount)
        self.interrupt = interrupt
    }

    /// Raises or lowers the line of `source`; a high one interrupts again and again.
    func setLine(_ source: Int, _ isHigh: Bool) {
        let bit = UInt32(1) << UInt32(source)
        lines = isHigh ? lines | bit : lines & ~bit
        if isHigh && inService & bit == 0 { pending |= bit }
        update()
    }

    func load(at offset: UInt64, byteCount: Int) -> UInt64 {
        guard offset & 3 == 0 else { return 0 }
        switch offset {
        case 0..<0x1000: return UInt64(Int(offset / 4) < priorities.count ? priorities[Int(offset / 4)] : 0)
        case 0x1000: return UInt64(pending)
        case 0x2000..<0x20_0000:
            guard let index = context(offset - 0x2000, size: 0x80), (offset - 0x2000) % 0x80 == 0 else { return 0 }
            return UInt64(contexts[index].enabled)
        default:
            guard offset >= 0x20_0000, let index = context(offset - 0x20_0000, size: 0x1000) else { return 0 }
            switch offset & 0xFFF {
            case 0: return UInt64(contexts[index].threshold)
            case 4: return UInt64(claim(contexts[index]))
            default: return 0
            }
        }
    }

    func store(_ value: UInt64, at offset: UInt64, byteCount: Int) -> TargetEvent? {
        guard offset & 3 == 0 else { return nil }
        let word = UInt32(truncatingIfNeeded: value)
        switch offset {
        case 4..<0x1000:
            if Int(offset / 4) < priorities.count { priorities[Int(offset / 4)] = word & 7 }
        case 0x2000..<0x20_0000:
            guard let index = context(offset - 0x2000, size: 0x80), (offset - 0x2000) % 0x80 == 0 else { return nil }
            contexts[index].enabled = word & ~1
        case 0x20_0000...:
            guard let index = context(offset - 0x20_0000, size: 0x1000) else { return nil }
            if offset & 0xFFF == 0 { contexts[index].threshold = word & 7 }
            if offset & 0xFFF == 4, word > 0, word <= UInt32(Self.sourceCount) { complete(word, contexts[index]) }
        default: break
        }
        update()
        return nil
    }

    private func context(_ offset: UInt64, size: UInt64) -> Int? {
        let index = Int(offset / size)
        return index < contexts.count ? index : nil
    }

    /// The most urgent source that is pending and enabled in `context`; 0 for none. Of equals the lowest.
    private func best(_ context: Context) -> UInt32 {
        var best: UInt32 = 0
        for source in 1...UInt32(Self.sourceCount)
        where pending & context.enabled & (1 << source) != 0 && priorities[Int(source)] > priorities[Int(best)] {
            best = source
        }
        return best
    }

    private func claim(_ context: Context) -> UInt32 {
        let source = best(context)
        if source > 0 {
            pending &= ~(1 << source)
            inService |= 1 << source
            update()
        }
        return source
    }

    private func complete(_ source: UInt32, _ context: Context) {
        guard context.enabled & (1 << source) != 0 else { return }
        inService &= ~(1 << source)
        if lines & (1 << source) != 0 { pending |= 1 << source }
    }

    private func update() {
        for index in stride(from: 1, to: contexts.count, by: 2) {
            let isRaised = priorities[Int(best(contexts[index]))] > contexts[index].threshold
            if isRaised != contexts[index].isRaised {
                contexts[index].isRaised = isRaised
                interrupt(index / 2, isRaised)
            }
        }
    }
}
