import Guest
import XCTest

@testable import KVM
@testable import Machine

final class SBITests: XCTestCase {
    private final class Printed: Console {
        var bytes: [UInt8] = []
        /// Whether it asks for the guest to be stopped.
        var isHeard = false
        func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            self.bytes += bytes
            return isHeard
        }
    }

    private let printed = Printed()
    private var ram: GuestRAM?

    private func answer(_ extension: UInt64, _ function: UInt64 = 0, _ arguments: UInt64...) throws -> SBI.Answer {
        let ram = try self.ram ?? GuestRAM(byteCount: 1 << 20)
        self.ram = ram
        let padded = arguments + [UInt64](repeating: 0, count: 6 - arguments.count)
        return SBI(ram: ram, console: printed, input: ConsoleInput())
            .answer(SBICall(extension: `extension`, function: function, arguments: padded))
    }

    func testLegacyCallsKeepA1() throws {
        XCTAssertEqual(try answer(1, 0, 0x141, 77), SBI.Answer(a0: 0, a1: 77))
        XCTAssertEqual(printed.bytes, [0x41])
        XCTAssertEqual(try answer(2, 0, 0, 78), SBI.Answer(a0: .max, a1: 78))
    }

    func testAListenerStopsTheGuest() throws {
        printed.isHeard = true
        XCTAssertTrue(try answer(1, 0, 0x41).stops)
        XCTAssertTrue(try answer(0x4442_434E, 2, 0x42).stops)
        XCTAssertTrue(try answer(0x4442_434E, 0, 4, GuestRAM.start.value, 0).stops)
        XCTAssertFalse(try answer(2).stops)
        XCTAssertFalse(try answer(0x4442_434E, 1).stops)
        XCTAssertFalse(try answer(0x10).stops)
    }

    func testDebugConsole() throws {
        XCTAssertEqual(try answer(0x4442_434E, 2, 0x42), .success(0))
        XCTAssertEqual(printed.bytes, [0x42])
        XCTAssertEqual(try answer(0x4442_434E, 0, 3, 0x800F_FFFD), .success(3))
        XCTAssertEqual(printed.bytes, [0x42, 0, 0, 0])
        XCTAssertEqual(try answer(0x4442_434E, 1, 10, 0x8000_0000), .success(0))
        XCTAssertEqual(try answer(0x4442_434E, 9), .notSupported)
    }

    func testDebugConsoleOutsideRAM() throws {
        for (count, low, high) in [
            (4, 0x800F_FFFD, 0), (1, 0, 0), (1, 0x8000_0000, 1), (.max, 0x8000_0000, 0), (2, .max, 0),
        ]
            as [(UInt64, UInt64, UInt64)]
        {
            XCTAssertEqual(try answer(0x4442_434E, 0, count, low, high), .invalidParameter)
            XCTAssertEqual(try answer(0x4442_434E, 1, count, low, high), .invalidParameter)
        }
        XCTAssertEqual(printed.bytes, [])
    }

    func testASystemThatSuspendsWakesUpAtOnce() throws {
        XCTAssertEqual(try answer(0x5355_5350, 0, 0, 0x8000_0000, 77), .success(0))
        XCTAssertEqual(try answer(0x5355_5350, 1), .notSupported)
    }

    func testLargeWritesAreDoneInPieces() throws {
        XCTAssertEqual(try answer(0x4442_434E, 0, 1 << 20, 0x8000_0000), .success(1 << 16))
        XCTAssertEqual(printed.bytes.count, 1 << 16)
    }

    func testOthersAreNotSupported() throws {
        for id in [3, 0x10, 0x0800_0000, 0x0900_0000, .max] as [UInt64] {
            XCTAssertEqual(try answer(id, 1, 2, 3), SBI.Answer(a0: UInt64(bitPattern: -2), a1: 0))
        }
    }
}
