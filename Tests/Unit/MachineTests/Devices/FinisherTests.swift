import Guest
import Target
import XCTest

@testable import Machine

final class FinisherTests: XCTestCase {
    private let finisher = Finisher()

    func testWhereItIs() {
        XCTAssertEqual(finisher.region, MemoryRegion(start: GuestPhysicalAddress(0x10_0000), byteCount: 0x1000))
        XCTAssertEqual(finisher.load(at: 0, byteCount: 4), 0)
    }

    func testPassFailAndReset() {
        XCTAssertEqual(finisher.store(0x5555, at: 0, byteCount: 4), .exited(code: 0))
        XCTAssertEqual(finisher.store(0x5555, at: 0, byteCount: 2), .exited(code: 0))
        XCTAssertEqual(finisher.store(0x0003_3333, at: 0, byteCount: 4), .exited(code: 3))
        XCTAssertEqual(finisher.store(0xFFFF_3333, at: 0, byteCount: 4), .exited(code: 0xFFFF))
        XCTAssertEqual(finisher.store(0xFFFF_FFFF_0007_3333, at: 0, byteCount: 8), .exited(code: 7))
        XCTAssertEqual(finisher.store(0x7777, at: 0, byteCount: 4), .reset(reason: nil))
    }

    func testAllElseIsNothing() {
        for value in [0, 1, 0x55, 0x3334, 0x5555_0000, 0xFFFF] as [UInt64] {
            XCTAssertNil(finisher.store(value, at: 0, byteCount: 4))
        }
        for offset in [1, 4, 0xFFC] as [UInt64] { XCTAssertNil(finisher.store(0x5555, at: offset, byteCount: 4)) }
    }
}
