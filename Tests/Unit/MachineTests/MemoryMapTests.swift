import Guest
import Host
import Target
import XCTest

@testable import KVM
@testable import Machine

/// The memory slots of a VM that refuses some of what it is asked for.
final class MemoryMapTests: XCTestCase {
    private final class Slots: SlotHolder {
        var slots: [MemorySlot] = []
        /// How many slots there can be.
        var limit = Int.max
        /// How many calls come through before all are refused.
        var calls = Int.max

        func setMemory(_ slot: MemorySlot) throws(KVMError) {
            calls -= 1
            if calls < 0 || slot.byteCount > 0 && slots.count == limit {
                throw .ioctl("KVM_SET_USER_MEMORY_REGION", Errno(22))
            }
            slots.record(slot)
        }

        var pieces: [MemoryPiece] {
            slots.map { MemoryPiece(start: $0.start, byteCount: $0.byteCount, isReadOnly: $0.isReadOnly) }
                .sorted { $0.start < $1.start }
        }
    }

    private let slots = Slots()
    private let ram = try! GuestRAM(byteCount: 1 << 20)
    private var map: MemoryMap<Slots> { MemoryMap(virtualMachine: slots, ram: ram) }

    /// The RAM with these of its pages watched.
    private func pieces(_ pages: [UInt64]) -> [MemoryPiece] {
        let ranges = pages.map {
            WatchedRange(start: GuestRAM.start + $0 * 4096 + 8, byteCount: 8, kind: .change)
        }
        return MemoryPiece.pieces(of: ram.region, pages: WatchedPages(ranges).pages)
    }

    private func lay(_ pages: [UInt64]) -> SlotRefusal? {
        do throws(SlotRefusal) { try map.lay(pieces(pages)) } catch { return error }
        return nil
    }

    func testWhatIsAskedForIsLaidOverTheSameMemory() throws {
        XCTAssertNil(lay([]))
        XCTAssertNil(lay([3, 7, 8]))
        XCTAssertEqual(slots.pieces, pieces([3, 7, 8]))
        XCTAssertEqual(slots.pieces.map(\.isReadOnly), [false, true, false, true, true, false])
        for slot in slots.slots { XCTAssertEqual(slot.host, ram.host(at: slot.start).map { UnsafeRawPointer($0) }) }
        XCTAssertEqual(Set(slots.slots.map(\.number)).count, 6)
        XCTAssertNil(lay([]))
        XCTAssertEqual(slots.pieces, pieces([]))
    }

    func testWithoutRoomForMoreSlotsAllStaysAsItWas() {
        slots.limit = 5
        XCTAssertNil(lay([]))
        XCTAssertNil(lay([3, 7]))
        let refusal = lay([3, 7, 12])
        XCTAssertEqual(refusal?.isRestored, true)
        XCTAssertEqual(refusal?.error, .ioctl("KVM_SET_USER_MEMORY_REGION", Errno(22)))
        XCTAssertEqual(slots.pieces, pieces([3, 7]))
        XCTAssertNil(lay([12]), "it goes on from there")
        XCTAssertEqual(slots.pieces, pieces([12]))
    }

    func testARefusalOfEveryCallIsTold() {
        XCTAssertNil(lay([]))
        for calls in 0..<5 {
            slots.calls = calls
            let refusal = lay([3, 7])
            // The first call takes the RAM away.
            XCTAssertEqual(refusal?.isRestored, calls == 0)
            slots.calls = .max
            XCTAssertNil(lay([]))
            XCTAssertEqual(slots.pieces, pieces([]))
        }
    }
}
