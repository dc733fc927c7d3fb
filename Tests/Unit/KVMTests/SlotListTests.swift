import Guest
import XCTest

@testable import KVM

/// The list of memory slots that a VM keeps beside the kernel's.
final class SlotListTests: XCTestCase {
    private func slot(_ number: UInt32, _ start: UInt64, _ byteCount: UInt64, isReadOnly: Bool = false) -> MemorySlot {
        MemorySlot(
            number: number, start: GuestPhysicalAddress(start), byteCount: byteCount, isReadOnly: isReadOnly, host: nil)
    }

    private func text(_ slots: [MemorySlot]) -> [String] {
        slots.map { "\($0.number) \($0.start.description) \($0.byteCount) \($0.isReadOnly ? "ro" : "rw")" }
    }

    func testSlotsComeGoAndAreReplaced() {
        var slots: [MemorySlot] = []
        slots.record(slot(5, 0x5000, 4096))
        slots.record(slot(0, 0x1000, 4096))
        slots.record(slot(9, 0x9000, 8192, isReadOnly: true))
        XCTAssertEqual(text(slots), ["0 0x1000 4096 rw", "5 0x5000 4096 rw", "9 0x9000 8192 ro"])
        slots.record(slot(5, 0x5000, 4096, isReadOnly: true))
        XCTAssertEqual(text(slots), ["0 0x1000 4096 rw", "5 0x5000 4096 ro", "9 0x9000 8192 ro"])
        slots.record(slot(0, 0, 0))
        slots.record(slot(7, 0, 0))
        XCTAssertEqual(text(slots), ["5 0x5000 4096 ro", "9 0x9000 8192 ro"])
        XCTAssertEqual(slots[1].end.value, 0xB000)
        slots.record(slot(5, 0, 0))
        slots.record(slot(9, 0, 0))
        XCTAssertTrue(slots.isEmpty)
    }
}
