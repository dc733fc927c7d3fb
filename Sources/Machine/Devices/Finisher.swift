import Guest
import Target

/// The finisher by which tests end a machine, at 0x10_0000 as on QEMU's machine `virt`: a store of 0x5555 is success, 0x3333 with an
/// exit code in the upper half a failure, 0x7777 a reset.
///
/// SiFive's test device (`sifive,test0`; `Documentation/devicetree/bindings/power/reset/…`, QEMU `hw/misc/sifive_test.c`).
final class Finisher: Device {
    static let start = GuestPhysicalAddress(0x10_0000)
    static let pass: UInt32 = 0x5555
    static let fail: UInt32 = 0x3333
    static let reset: UInt32 = 0x7777

    let region = MemoryRegion(start: Finisher.start, byteCount: 0x1000)

    func load(at offset: UInt64, byteCount: Int) -> UInt64 { 0 }

    func store(_ value: UInt64, at offset: UInt64, byteCount: Int) -> TargetEvent? {
        guard offset == 0 else { return nil }
        switch UInt32(truncatingIfNeeded: value & 0xFFFF) {
        case Self.pass: return .exited(code: 0)
        case Self.fail: return .exited(code: value >> 16 & 0xFFFF)
        case Self.reset: return .reset(reason: nil)
        default: return nil
        }
    }
}
