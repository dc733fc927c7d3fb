import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// `nexti`, `until`, `advance`, `finish`: running to a place, past deeper calls of the same function.
final class UntilTests: XCTestCase {
    // A function that calls itself a0 times and counts in t0 how often it was entered:
    //
    //   0   call recurse
    //   4   shutdown, up to 0x18
    //   20  recurse: addi sp, sp, -16
    //   24           sd ra, 8(sp)
    //   28           addi t0, t0, 1
    //   2c           addi a0, a0, -1
    //   30           beq a0, zero, 38
    //   34           call recurse
    //   38           ld ra, 8(sp)
    //   3c           addi sp, sp, 16
    //   40           ret
    private let pieces =
        [Assembly.jal(1, 0x20)] + Assembly.shutdown() + [Assembly.nop, Assembly.nop] + [
            Assembly.addi(2, 2, -16), Assembly.sd(1, 8, 2), Assembly.addi(5, 5, 1), Assembly.addi(10, 10, -1),
            Assembly.beq(10, 0, 8), Assembly.jal(1, -0x14), Assembly.ld(1, 8, 2), Assembly.addi(2, 2, 16),
            Assembly.jalr(0, 1, 0),
        ]

    private let base = TinyHart.base

    private func rig(depth: UInt64 = 3) throws -> Rig {
        let rig = try Rig(pieces, functions: [("recurse", base + 0x20, 0x24)])
        try rig.session.start()
        rig.hart.setX(2, base + 0x8000)
        rig.hart.setX(10, depth)
        return rig
    }

    private func at(_ offset: UInt64) -> GuestVirtualAddress { GuestVirtualAddress(base + offset) }

    private func checkClean(_ rig: Rig, line: UInt = #line) {
        XCTAssertEqual(rig.planted(pieces), [], line: line)
        XCTAssertTrue(rig.session.guest?.sites.isEmpty ?? true, line: line)
    }

    func testNextiGoesOverACallWithAllThatItDoes() throws {
        let rig = try rig()
        check(try rig.session.step(1, over: true), .step, 4)
        XCTAssertEqual(rig.hart.x(5), 3)
        checkClean(rig)
    }

    /// The call returns to the same place from each depth; only the one with this stack counts.
    func testNextiOverARecursiveCall() throws {
        let rig = try rig()
        check(try rig.session.step(6), .step, 0x34)
        check(try rig.session.step(1, over: true), .step, 0x38)
        XCTAssertEqual(rig.hart.x(5), 3)
        XCTAssertEqual(rig.hart.x(2), base + 0x8000 - 16)
        check(try rig.session.step(3, over: true), .step, 4)
        checkClean(rig)
    }

    func testNextiCounts() throws {
        let rig = try rig()
        check(try rig.session.step(3, over: true), .step, 0xC)
        checkClean(rig)
    }

    func testABreakpointInACallStopsNexti() throws {
        let rig = try rig()
        try rig.breakpoint(0x28)
        check(try rig.session.step(1, over: true), .breakpoint([1]), 0x28)
        XCTAssertEqual(rig.planted(pieces), [0x28])
        try rig.session.deleteBreakpoint(1)
        checkClean(rig)
    }

    /// What waits behind a call is looked at once.
    func testABreakpointBehindACallIsCountedOnce() throws {
        let rig = try rig()
        try rig.breakpoint(4)
        try rig.session.setIgnoreCount(1, 5)
        check(try rig.session.step(1, over: true), .step, 4)
        XCTAssertEqual(rig.session.breakpoints[0].ignoreCount, 4)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
    }

    func testFinishPassesDeeperCalls() throws {
        // At the first instruction, with ra only just stored, in the body, behind a call, in the epilogue.
        for steps in [1, 2, 3, 4, 6] as [UInt64] {
            let rig = try rig()
            check(
                try rig.session.step(steps), .step,
                [0x20, 0x24, 0x28, 0x2C, 0x34][[1, 2, 3, 4, 6].firstIndex(of: steps)!])
            check(try rig.session.finish(), .step, 4)
            XCTAssertEqual(rig.hart.x(2), base + 0x8000)
            XCTAssertEqual(rig.hart.x(5), 3)
            checkClean(rig)
        }
    }

    func testFinishOfAnInnerCall() throws {
        let rig = try rig()
        try rig.breakpoint(0x28)
        check(try rig.session.resume(), .breakpoint([1]), 0x28)
        check(try rig.session.resume(), .breakpoint([1]), 0x28)
        try rig.session.deleteBreakpoint(1)
        check(try rig.session.finish(), .step, 0x38)
        XCTAssertEqual(rig.hart.x(2), base + 0x8000 - 16, "back in the outermost")
        // Behind a call, ra is another's; the stack has it.
        check(try rig.session.finish(), .step, 4)
        checkClean(rig)
    }

    func testFinishInTheEpilogue() throws {
        for offset in [0x38, 0x3C, 0x40] as [UInt64] {
            let rig = try rig(depth: 2)
            check(try rig.session.advance(to: at(offset), sameFrame: false), .step, offset)
            check(try rig.session.finish(), .step, 0x38)
            XCTAssertEqual(rig.hart.x(2), base + 0x8000 - 16)
            checkClean(rig)
        }
    }

    func testUntilIsInTheSameCall() throws {
        let rig = try rig()
        check(try rig.session.step(3), .step, 0x28)
        check(try rig.session.advance(to: at(0x38), sameFrame: true), .step, 0x38)
        XCTAssertEqual(rig.hart.x(2), base + 0x8000 - 16)
        XCTAssertEqual(rig.hart.x(5), 3)
        checkClean(rig)
        // A place that is not come to: the end of the function is where it stops.
        check(try rig.session.advance(to: at(0x28), sameFrame: true), .step, 4)
        checkClean(rig)
    }

    func testAdvanceIsInAnyCall() throws {
        let rig = try rig()
        check(try rig.session.step(3), .step, 0x28)
        check(try rig.session.advance(to: at(0x38), sameFrame: false), .step, 0x38)
        XCTAssertEqual(rig.hart.x(2), base + 0x8000 - 48)
        checkClean(rig)
    }

    func testAdvanceToWhereTheGuestStandsGoesOnceAround() throws {
        let rig = try rig()
        check(try rig.session.step(3), .step, 0x28)
        check(try rig.session.advance(to: at(0x28), sameFrame: false), .step, 0x28)
        XCTAssertEqual(rig.hart.x(5), 1)
        XCTAssertEqual(rig.hart.x(2), base + 0x8000 - 32)
        checkClean(rig)
    }

    /// At the entry ra is nothing, and the stack is nowhere.
    func testWithoutAReturnAddress() throws {
        let rig = try rig()
        rig.hart.setX(2, 0)
        XCTAssertEqual(rig.hart.x(1), 0)
        check(try rig.session.advance(to: at(0x20), sameFrame: false), .step, 0x20)
        checkClean(rig)
        check(try rig.session.step(1), .step, 0x24)
        rig.hart.setX(1, 2)
        rig.session.guest?.registers.forget()
        XCTAssertThrowsError(try rig.session.finish())
        checkClean(rig)
    }

    func testOtherStopsComeFirst() throws {
        let rig = try rig()
        check(try rig.session.step(3), .step, 0x28)
        rig.hart.onRun(.interrupted)
        check(try rig.session.finish(), .interrupt, 0x28)
        checkClean(rig)
        try rig.breakpoint(4)
        check(try rig.session.finish(), .breakpoint([1]), 4)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
        XCTAssertEqual(rig.planted(pieces), [4])
    }

    func testAPlaceThatIsNoMemory() throws {
        let rig = try rig()
        XCTAssertThrowsError(try rig.session.advance(to: GuestVirtualAddress(0x10), sameFrame: false))
        checkClean(rig)
        check(try rig.session.step(1), .step, 0x20)
    }

    func testNothingRunsToAPlaceWhileGuestDebugIsOff() throws {
        let rig = try rig()
        rig.session.setGuestDebug(false)
        checkRefusal(DebuggerError.guestDebugOff.message) { try rig.session.finish() }
        checkRefusal(DebuggerError.guestDebugOff.message) { try rig.session.step(1, over: true) }
        checkRefusal(DebuggerError.guestDebugOff.message) {
            try rig.session.advance(to: self.at(0x20), sameFrame: false)
        }
        checkClean(rig)
        check(try rig.session.step(1), .step, 0x20)
    }

    /// Linked high, loaded low: a symbol's address is not where pc is before paging is on.
    func testAPlaceByItsLinkedAddress() throws {
        let high: UInt64 = 0xFFFF_FFFF_8000_0000
        let rig = try Rig([Assembly.nop, Assembly.nop, Assembly.nop], virtual: high)
        try rig.session.start()
        check(try rig.session.advance(to: GuestVirtualAddress(high + 8), sameFrame: false), .step, 8)
    }

    func testJumpHitsABreakpointAtItsPlace() throws {
        let rig = try rig()
        try rig.breakpoint(0x40)
        check(try rig.session.jump(to: at(0x40)), .breakpoint([1]), 0x40)
        XCTAssertEqual(rig.executed, [])
    }

    func testContinuePassNeedsAnEbreak() throws {
        let rig = try Rig([Assembly.nop, Assembly.cEbreak, Assembly.cNop] + Assembly.shutdown())
        try rig.session.start()
        checkRefusal(DebuggerError.notAtEbreak(GuestVirtualAddress(base)).message) {
            try rig.session.resume(passing: true)
        }
        rig.hart.registers[.stvec] = base + 0x400
        rig.hart.place([Assembly.nop], at: base + 0x400)
        try rig.breakpoint(0x400)
        try rig.breakpoint(4)
        check(try rig.session.resume(), .breakpoint([2]), 4)
        // A breakpoint over an ebreak of the guest's own: this can be passed as well.
        check(try rig.session.resume(passing: true), .breakpoint([1]), 0x400)
        XCTAssertEqual(rig.hart.registers[.scause], 3)
        XCTAssertEqual(rig.hart.registers[.sepc], base + 4)
    }
}
