import RISCV
import XCTest

@testable import Debugger
@testable import Support

/// A limited time, however the guest runs: set once for a command, and taken back behind it.
final class TimeLimitTests: XCTestCase {
    // 0: addi t0,t0,1   4: sw t0,0(sp)   8: j -8   c: nop   10: ret
    private let pieces = [
        Assembly.addi(5, 5, 1), Assembly.addi(6, 6, 1), Assembly.jal(0, -8), Assembly.addi(0, 0, 0),
        Assembly.jalr(0, 1, 0),
    ]

    private func limited(_ runs: Int, _ prepare: (Rig) throws -> Void = { _ in }) throws -> Rig {
        let rig = try Rig(pieces)
        try rig.session.start()
        try prepare(rig)
        rig.session.timeLimit = 5_000_000
        rig.hart.runsToDeadline = runs
        _ = rig.hart.takeCalls()
        return rig
    }

    /// The limit is set once, before anything runs, and ends behind it.
    private func assertLimitedOnce(_ rig: Rig, runs: Int, line: UInt = #line) {
        let calls = rig.hart.takeCalls().filter { $0 == "run" || $0.hasPrefix("deadline") }
        XCTAssertEqual(
            calls, ["deadline 5000000"] + [String](repeating: "run", count: runs) + ["deadline off"], line: line)
        XCTAssertNil(rig.hart.deadline, line: line)
    }

    func testGoingOn() throws {
        let rig = try limited(0)
        check(try rig.session.resume(), .timeout, 0)
        assertLimitedOnce(rig, runs: 1)
        XCTAssertTrue(rig.session.stop?.canResume ?? false)
    }

    func testAFreshGuest() throws {
        let rig = try Rig(pieces)
        rig.session.timeLimit = 5_000_000
        rig.provider.prepare = { $0.runsToDeadline = 0 }
        check(try rig.session.run(), .timeout, 0)
        assertLimitedOnce(rig, runs: 1)
    }

    func testAConditionThatNeverHolds() throws {
        let rig = try limited(40) { (rig) in
            try rig.breakpoint(4)
            try rig.session.setCondition(1, ("$t0 == 0", try Expression(parsing: "$t0 == 0")))
        }
        XCTAssertEqual(try rig.session.resume().reason, .timeout)
        assertLimitedOnce(rig, runs: 41)
        XCTAssertEqual(rig.planted(pieces), [4], "the breakpoint is as before")
    }

    func testSteps() throws {
        let rig = try limited(10)
        XCTAssertEqual(try rig.session.step(1_000_000).reason, .timeout)
        assertLimitedOnce(rig, runs: 11)
        XCTAssertEqual(rig.planted(pieces), [], "no ebreak of a step stays")
    }

    func testAPlace() throws {
        let rig = try limited(0)
        check(try rig.session.advance(to: .init(TinyHart.base + 12), sameFrame: false), .timeout, 0)
        assertLimitedOnce(rig, runs: 1)
        XCTAssertEqual(rig.planted(pieces), [])
    }

    func testTheEndOfAFunction() throws {
        let rig = try limited(0) { try $0.session.setRegisterValue(.x(1)!, TinyHart.base + 12) }
        check(try rig.session.finish(), .timeout, 0)
        assertLimitedOnce(rig, runs: 1)
    }

    func testABreakpointThatIsReachedButNotHit() throws {
        let rig = try limited(0) { try $0.breakpoint(0) }
        try rig.session.setRegisterValue(.pc, TinyHart.base)
        check(try rig.session.resume(), .timeout, 0)
        rig.session.timeLimit = nil
        check(try rig.session.resume(), .breakpoint([1]), 0)
    }

    func testInTime() throws {
        let rig = try limited(.max) { try $0.breakpoint(8) }
        check(try rig.session.resume(), .breakpoint([1]), 8)
        assertLimitedOnce(rig, runs: 1)
    }

    func testAFailureEndsTheLimit() throws {
        let rig = try limited(.max)
        rig.hart.onRun(failWith: .host("The host is gone."))
        checkRefusal("The host is gone.") { try rig.session.resume() }
        assertLimitedOnce(rig, runs: 1)
    }

    func testNoLimitCostsNothing() throws {
        let rig = try limited(.max) { try $0.breakpoint(8) }
        rig.session.timeLimit = nil
        check(try rig.session.resume(), .breakpoint([1]), 8)
        XCTAssertFalse(rig.hart.takeCalls().contains { $0.hasPrefix("deadline") })
    }

    func testTheConsoleStopsTheGuest() throws {
        let rig = try limited(.max)
        rig.hart.eventsAt[TinyHart.base + 4] = .console
        check(try rig.session.resume(), .console, 4)
        XCTAssertTrue(rig.session.stop?.canResume ?? false)
    }
}
