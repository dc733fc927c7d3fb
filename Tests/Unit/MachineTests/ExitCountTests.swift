import Guest
import Target
import XCTest

@testable import KVM
@testable import Machine

final class ExitCountTests: XCTestCase {
    private func sbi(_ id: UInt64, _ function: UInt64) -> Exit {
        .riscvSBI(SBICall(extension: id, function: function, arguments: [0, 0, 0, 0, 0, 0]))
    }

    func testExitsByKind() {
        var counts = ExitCounts()
        XCTAssertEqual(counts.rows.exits, [])
        let debug = ExitReason(rawValue: 4)
        counts.count(.debug, reason: debug)
        counts.count(.debug, reason: debug)
        // The page still has the reason of the exit before.
        counts.count(.interrupted, reason: debug)
        counts.count(.other(ExitReason(rawValue: 63)), reason: ExitReason(rawValue: 63))
        counts.count(.other(ExitReason(rawValue: .max)), reason: ExitReason(rawValue: .max))
        counts.countCompletion()
        counts.countFailure()
        XCTAssertEqual(
            counts.rows.exits,
            [
                .init("KVM_EXIT_DEBUG", 2), .init("exit 63", 1), .init("exits with unknown numbers", 1),
                .init("interrupted by a signal", 1), .init("completions only", 1), .init("failed", 1),
            ])
    }

    func testSBICallsByFunction() {
        var counts = ExitCounts()
        let reason = ExitReason(rawValue: 35)
        for _ in 0..<3 { counts.count(sbi(0x4442_434E, 0), reason: reason) }
        counts.count(sbi(1, 0), reason: reason)
        counts.count(sbi(0x4442_434E, 2), reason: reason)
        XCTAssertEqual(
            counts.rows.sbi,
            [
                .init(extension: 0x4442_434E, function: 0, count: 3), .init(extension: 1, function: 0, count: 1),
                .init(extension: 0x4442_434E, function: 2, count: 1),
            ])
        for function in 0..<1000 as Range<UInt64> { counts.count(sbi(0x0900_0000, function), reason: reason) }
        XCTAssertEqual(counts.rows.sbi.count, 64)
        XCTAssertEqual(counts.rows.otherSBI, 1000 - 61)
        XCTAssertEqual(counts.rows.exits, [.init("KVM_EXIT_RISCV_SBI", 1005)])
    }
}
