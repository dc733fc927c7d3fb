import CKVM
import Guest
import Target
import XCTest

@testable import KVM
@testable import Machine

final class ExitRingTests: XCTestCase {
    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(ckvm_run_size), alignment: 4096)

    override func setUp() { bytes.initializeMemory(as: UInt8.self, repeating: 0) }

    deinit { bytes.deallocate() }

    private func put<T: BitwiseCopyable>(_ value: T, _ offset: some BinaryInteger) {
        bytes.storeBytes(of: value, toByteOffset: Int(offset), as: T.self)
    }

    private func events(_ ring: ExitRing) -> [(ExitRecord.Event?, UInt64)] {
        var events: [(ExitRecord.Event?, UInt64)] = []
        ring.forEach { (entry, nanoseconds) in
            switch entry {
            case .exit(let page): events.append((page.exit.event(answeredBy: page), nanoseconds))
            case .interrupted: events.append((nil, nanoseconds))
            }
        }
        return events
    }

    func testTheLastTwentyOldestFirst() throws {
        var ring = ExitRing()
        XCTAssertEqual(events(ring).count, 0)
        let page = try XCTUnwrap(RunPage(bytes))
        put(UInt32(35), ckvm_exit_reason)
        for number in 1...50 as ClosedRange<UInt64> {
            put(UInt64(0x4442_434E), ckvm_sbi_extension)
            put(number, ckvm_sbi_arguments)
            page.setSBIResult(a0: number, a1: 7)
            ring.record(page, isInterruption: false, nanoseconds: number)
        }
        // What the page has now does not matter any more.
        bytes.initializeMemory(as: UInt8.self, repeating: 0xFF)
        let told = events(ring)
        XCTAssertEqual(told.map { $0.1 }, Array(31...50))
        for (event, number) in told {
            XCTAssertEqual(
                event,
                .sbi(extension: 0x4442_434E, function: 0, arguments: [number, 0, 0, 0, 0, 0], a0: number, a1: 7))
        }
    }

    func testEachKindWithItsAnswer() throws {
        var ring = ExitRing()
        let page = try XCTUnwrap(RunPage(bytes))
        put(UInt32(6), ckvm_exit_reason)
        put(UInt64(0x1000_0000), ckvm_mmio_address)
        put(UInt32(4), ckvm_mmio_length)
        page.setMMIOData(0x1234_5678)
        ring.record(page, isInterruption: false, nanoseconds: 1)
        // A signal: the page still has the exit before.
        ring.record(page, isInterruption: true, nanoseconds: 2)
        bytes.initializeMemory(as: UInt8.self, repeating: 0)
        put(UInt32(24), ckvm_exit_reason)
        put(UInt32(1), ckvm_system_event_type)
        put(UInt32(16), ckvm_system_event_count)
        put(UInt64(9), ckvm_system_event_data)
        ring.record(page, isInterruption: false, nanoseconds: 3)
        put(UInt32(4), ckvm_exit_reason)
        ring.record(page, isInterruption: false, nanoseconds: 4)
        XCTAssertEqual(
            events(ring).map { $0.0 },
            [
                .mmio(GuestPhysicalAddress(0x1000_0000), byteCount: 4, isWrite: false, value: 0x1234_5678), nil,
                .other("KVM_EXIT_SYSTEM_EVENT", detail: "type 1, reason 9"), .other("KVM_EXIT_DEBUG", detail: ""),
            ])
    }
}
