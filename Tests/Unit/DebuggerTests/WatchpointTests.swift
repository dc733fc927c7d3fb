import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// Watchpoints in the engine; the hart tells of accesses to watched pages as the machine does.
final class WatchpointTests: XCTestCase {
    /// The watched words are in the page at 0x2000; s0 points there.
    private func rig(_ pieces: [[UInt8]]) throws -> Rig {
        let rig = try Rig(pieces + Assembly.shutdown())
        try rig.session.start()
        rig.hart.setX(8, TinyHart.base + 0x2000)
        return rig
    }

    @discardableResult
    private func watch(
        _ rig: Rig, _ offset: UInt64 = 0x2008, _ kind: Watchpoint.Kind = .change, type: String = "u64",
        if condition: String? = nil
    ) throws -> Watchpoint {
        let text = "{\(type)}\(TinyHart.base + offset)"
        return try rig.session.setWatchpoint(
            kind, try Expression(parsing: text), text: text,
            condition: try condition.map { (text: $0, expression: try Expression(parsing: $0)) })
    }

    private func report(_ rig: Rig) throws -> (origin: UInt64?, hits: [String]) {
        let report = try XCTUnwrap(rig.session.watchReport)
        return (
            report.origin.map { $0.value - TinyHart.base },
            report.hits.map { "\($0.number): \($0.old?.bits.map(String.init) ?? "-") \($0.new.bits ?? 0)" }
        )
    }

    func testAStoreThatChangesTheValueStopsBehindIt() throws {
        let rig = try rig([
            Assembly.addi(5, 0, 7), Assembly.sd(5, 8, 8), Assembly.sd(5, 8, 8), Assembly.sd(5, 16, 8),
            Assembly.sd(0, 8, 8), Assembly.nop,
        ])
        let watchpoint = try watch(rig)
        XCTAssertEqual(
            watchpoint.state,
            .armed([MemoryRegion(start: GuestPhysicalAddress(TinyHart.base + 0x2008), byteCount: 8)]))
        check(try rig.session.resume(), .watchpoint([1]), 8)
        XCTAssertEqual(try report(rig).origin, 4)
        XCTAssertEqual(try report(rig).hits, ["1: 0 7"])
        // The same value again, and another word, do not.
        check(try rig.session.resume(), .watchpoint([1]), 20)
        XCTAssertEqual(try report(rig).hits, ["1: 7 0"])
        check(try rig.session.resume(), .shutdown(0), 40)
        XCTAssertNil(rig.session.watchReport)
        XCTAssertEqual(rig.session.watchpoints[0].hits, 2)
    }

    func testReadsAndAccesses() throws {
        let rig = try rig([
            Assembly.sd(5, 8, 8), Assembly.ld(6, 8, 8), Assembly.ld(6, 16, 8), Assembly.sd(5, 24, 8), Assembly.nop,
        ])
        try watch(rig, 0x2008, .read)
        try watch(rig, 0x2018, .access)
        check(try rig.session.resume(), .watchpoint([1]), 8)
        XCTAssertEqual(try report(rig).hits, ["1: - 0"])
        check(try rig.session.resume(), .watchpoint([2]), 16)
        XCTAssertEqual(try report(rig).hits, ["2: - 0"], "a store of the value that is there")
        check(try rig.session.resume(), .shutdown(0), 36)
    }

    func testAnAtomicOperationIsSteppedWithItsPageOpen() throws {
        let rig = try rig([
            Assembly.addi(5, 0, 3), Assembly.addi(9, 8, 8), Assembly.amoadd(6, 5, 9), Assembly.addi(9, 8, 16),
            Assembly.amoadd(6, 5, 9), Assembly.nop,
        ])
        try watch(rig)
        _ = rig.hart.takeCalls()
        check(try rig.session.resume(), .watchpoint([1]), 12)
        XCTAssertEqual(try report(rig).hits, ["1: 0 3"])
        XCTAssertEqual(
            rig.hart.takeCalls().filter { ["open", "close", "run"].contains($0) }, ["run", "open", "run", "close"])
        check(try rig.session.resume(), .shutdown(0), 40)
        XCTAssertEqual(rig.hart.executed.filter { $0 == TinyHart.base + 16 }.count, 1)
        XCTAssertEqual(rig.raw(0x2010, 1), [3])
        XCTAssertTrue(rig.hart.watches.open.isEmpty)
    }

    func testALoopOfLRAndSCComesToItsEnd() throws {
        let pieces = [
            Assembly.addi(9, 8, 8), Assembly.lrd(5, 9), Assembly.addi(5, 5, 1), Assembly.scd(6, 5, 9),
            Assembly.bne(6, 0, -12), Assembly.nop,
        ]
        let rig = try rig(pieces)
        try watch(rig)
        check(try rig.session.resume(), .watchpoint([1]), 16)
        XCTAssertEqual(try report(rig).origin, 12)
        XCTAssertEqual(try report(rig).hits, ["1: 0 1"])
        XCTAssertEqual(rig.hart.x(6), 0)
        check(try rig.session.resume(), .shutdown(0), 40)
        XCTAssertEqual(rig.raw(0x2008, 1), [1])
        XCTAssertEqual(rig.raw(0, 24), Array(pieces.joined()), "no ebreak is left")
    }

    func testALoopOfLRAndSCBesideTheWatchedWord() throws {
        let rig = try rig([
            Assembly.addi(9, 8, 16), Assembly.lrd(5, 9), Assembly.addi(5, 5, 1), Assembly.scd(6, 5, 9),
            Assembly.bne(6, 0, -12), Assembly.nop,
        ])
        try watch(rig)
        try rig.breakpoint(16)
        // The SC fails once for the watchpoint's sake; a breakpoint on the way back to the LR does not make that for ever.
        check(try rig.session.resume(), .breakpoint([2]), 16)
        XCTAssertEqual(rig.hart.x(6), 1)
        check(try rig.session.resume(), .breakpoint([2]), 16)
        XCTAssertEqual(rig.hart.x(6), 0)
        check(try rig.session.resume(), .shutdown(0), 40)
        XCTAssertEqual(rig.raw(0x2010, 1), [1])
    }

    func testConditionsAndIgnoreCounts() throws {
        let rig = try rig([
            Assembly.addi(5, 5, 1), Assembly.sd(5, 8, 8), Assembly.addi(6, 5, -5), Assembly.bne(6, 0, -12),
            Assembly.nop,
        ])
        try watch(rig, if: "$t0 >= 2")
        try rig.session.setIgnoreCount(1, 1)
        check(try rig.session.resume(), .watchpoint([1]), 8)
        XCTAssertEqual(try report(rig).hits, ["1: 2 3"])
        XCTAssertEqual(rig.session.watchpoints[0].hits, 2)
        try rig.session.setCondition(1, (text: "$nothing == 1", expression: try Expression(parsing: "$nothing == 1")))
        let stop = try rig.session.resume()
        check(stop, .watchpoint([1]), 8)
        XCTAssertEqual(stop.notes.count, 1)
        XCTAssertTrue(
            try XCTUnwrap(stop.notes.first).hasPrefix(
                "The condition of watchpoint 1, $nothing == 1, cannot be evaluated: "))
    }

    func testTheDebuggersOwnWritesDoNotCount() throws {
        let rig = try rig([Assembly.addi(5, 0, 7), Assembly.sd(5, 8, 8), Assembly.sd(5, 16, 8), Assembly.nop])
        try watch(rig)
        try watch(rig, 0x2010)
        try rig.write([7], 0x2008)
        check(try rig.session.resume(), .watchpoint([2]), 12)
        XCTAssertEqual(try report(rig).hits, ["2: 0 7"])
    }

    func testSeveralAtOnceAndDeleting() throws {
        let rig = try rig([
            Assembly.addi(5, 0, -1), Assembly.sd(5, 8, 8), Assembly.sd(0, 8, 8), Assembly.sd(5, 8, 8), Assembly.nop,
        ])
        try watch(rig, 0x2008, type: "u32")
        try watch(rig, 0x200C, type: "u32")
        check(try rig.session.resume(), .watchpoint([1, 2]), 8)
        try rig.session.deleteBreakpoint(1)
        check(try rig.session.resume(), .watchpoint([2]), 12)
        try rig.session.enableBreakpoint(2, false)
        XCTAssertTrue(rig.hart.watches.ranges.isEmpty)
        check(try rig.session.resume(), .shutdown(0), 36)
        try rig.session.deleteAllBreakpoints()
        XCTAssertTrue(rig.session.watchpoints.isEmpty)
        checkRefusal("There is no breakpoint 2. \"info breakpoints\" lists them.") {
            try rig.session.deleteBreakpoint(2)
        }
    }

    func testOneThatIsToStopOnce() throws {
        let rig = try rig([Assembly.addi(5, 0, 1), Assembly.sd(5, 8, 8), Assembly.sd(0, 8, 8), Assembly.nop])
        try watch(rig)
        try rig.session.enableBreakpoint(1, true, .delete)
        check(try rig.session.resume(), .watchpoint([1]), 8)
        XCTAssertEqual(try report(rig).hits, ["1: 0 1"])
        XCTAssertTrue(rig.session.watchpoints.isEmpty)
        check(try rig.session.resume(), .shutdown(0), 32)
    }

    func testABreakpointBehindTheStoreIsHitNext() throws {
        let rig = try rig([Assembly.addi(5, 0, 1), Assembly.sd(5, 8, 8), Assembly.nop])
        try watch(rig)
        try rig.breakpoint(4)
        try rig.breakpoint(8)
        check(try rig.session.resume(), .breakpoint([2]), 4)
        check(try rig.session.resume(), .watchpoint([1]), 8)
        check(try rig.session.resume(), .breakpoint([3]), 8)
        check(try rig.session.resume(), .shutdown(0), 28)
        XCTAssertEqual(rig.hart.executed.filter { $0 == TinyHart.base + 4 }.count, 1)
    }

    func testAStepOntoAStoreStopsForTheWatchpoint() throws {
        let rig = try rig([
            Assembly.addi(5, 0, 1), Assembly.sd(5, 8, 8), Assembly.addi(9, 8, 8), Assembly.amoadd(6, 5, 9),
            Assembly.nop,
        ])
        try watch(rig)
        check(try rig.session.step(1), .step, 4)
        check(try rig.session.step(1), .watchpoint([1]), 8)
        check(try rig.session.step(1), .step, 12)
        check(try rig.session.step(1), .watchpoint([1]), 16)
        XCTAssertEqual(try report(rig).hits, ["1: 1 2"])
    }

    func testCodeInAPageWatchedForLoadsIsStepped() throws {
        let rig = try rig([Assembly.nop, Assembly.jal(0, 0x2100 - 4)])
        rig.hart.place(
            [Assembly.addi(5, 0, 5), Assembly.ld(6, 8, 8), Assembly.sd(5, 16, 8), Assembly.nop] + Assembly.shutdown(),
            at: TinyHart.base + 0x2100)
        try watch(rig, 0x2008, .read)
        try watch(rig, 0x2010)
        try rig.breakpoint(0x210C)
        check(try rig.session.resume(), .watchpoint([1]), 0x2108)
        check(try rig.session.resume(), .watchpoint([2]), 0x210C)
        check(try rig.session.resume(), .breakpoint([3]), 0x210C)
        check(try rig.session.resume(), .shutdown(0), 0x2120)
        XCTAssertEqual(
            rig.hart.executed.filter { $0 >= TinyHart.base + 0x2100 }.count, 8,
            "the nop under the breakpoint is done for the guest")
    }

    func testAnInterruptTakenInsteadOfTheBlockedInstruction() throws {
        let rig = try rig([Assembly.addi(9, 8, 8), Assembly.addi(5, 0, 1), Assembly.amoadd(6, 5, 9), Assembly.nop])
        rig.hart.registers[.stvec] = TinyHart.base + 0x100
        rig.hart.place([Assembly.sd(5, 16, 8), Assembly.sret], at: TinyHart.base + 0x100)
        try watch(rig)
        try watch(rig, 0x2010)
        // The first run is blocked; the interrupt comes in the run that steps the instruction.
        rig.hart.onRun()
        rig.hart.onRun { $0.interrupts = [TinyHart.base + 8: 5] }
        check(try rig.session.resume(), .watchpoint([2]), 0x104)
        check(try rig.session.resume(), .watchpoint([1]), 12)
        XCTAssertEqual(try report(rig).hits, ["1: 0 1"])
    }

    func testWhatHasNoPlaceInMemoryIsRefused() throws {
        let rig = try rig([Assembly.nop])
        for text in ["$a0", "1 + 2"] {
            checkRefusal(
                "\"\(text)\" has no place in memory that could be watched. Watch what is in memory: a symbol, or {TYPE}ADDRESS."
            ) { try rig.session.setWatchpoint(.change, try Expression(parsing: text), text: text) }
        }
        XCTAssertTrue(rig.session.watchpoints.isEmpty)
        try watch(rig)
        XCTAssertEqual(rig.session.watchpoints[0].number, 1, "no number was used up")
    }

    func testOneWithoutMemoryIsPending() throws {
        let rig = try rig([Assembly.nop])
        XCTAssertEqual(try watch(rig, 0x1000_0000).state, .pending("GPA 0x90000000 is not in the guest's RAM."))
        check(try rig.session.resume(), .shutdown(0), 20)
    }

    func testANewGuestIsWatchedToo() throws {
        let rig = try Rig([Assembly.auipc(8, 2), Assembly.addi(5, 0, 1), Assembly.sd(5, 8, 8), Assembly.nop])
        let watchpoint = try watch(rig)
        XCTAssertEqual(watchpoint.state, .waiting)
        check(try rig.session.run(), .watchpoint([1]), 12)
        rig.session.kill()
        XCTAssertEqual(rig.session.watchpoints[0].state, .waiting)
        check(try rig.session.run(), .watchpoint([1]), 12)
        XCTAssertEqual(try report(rig).hits, ["1: 0 1"])
    }

    func testOneThatTheTargetRefusesLeavesTheOthers() throws {
        let rig = try rig([
            Assembly.addi(5, 0, 7), Assembly.sd(5, 8, 8), Assembly.sd(5, 16, 8), Assembly.nop, Assembly.sd(0, 8, 8),
            Assembly.nop,
        ])
        rig.hart.watchLimit = 1
        try watch(rig)
        XCTAssertThrowsError(try watch(rig, 0x2010)) { (error) in
            XCTAssertEqual((error as? DebuggerError)?.message, "There are no slots for 2 ranges.")
        }
        XCTAssertEqual(rig.session.watchpoints.map(\.number), [1])
        check(try rig.session.resume(), .watchpoint([1]), 8)
        // Its number was not taken. A disabled one that cannot be watched again stays disabled.
        try rig.session.enableBreakpoint(1, false)
        XCTAssertEqual(try watch(rig, 0x2010).number, 2)
        XCTAssertThrowsError(try rig.session.enableBreakpoint(1, true))
        XCTAssertEqual(rig.session.watchpoints.map(\.isEnabled), [false, true])
        check(try rig.session.resume(), .watchpoint([2]), 12)
        try rig.session.deleteBreakpoint(2)
        try rig.session.enableBreakpoint(1, true)
        check(try rig.session.resume(), .watchpoint([1]), 20)
    }

    func testOnesThatAnotherGuestCannotWatchArePending() throws {
        let rig = try rig([Assembly.addi(5, 0, 7), Assembly.sd(5, 8, 8), Assembly.sd(5, 16, 8), Assembly.nop])
        try watch(rig)
        try watch(rig, 0x2010)
        rig.provider.prepare = { $0.watchLimit = 1 }
        try rig.session.start()
        rig.hart.setX(8, TinyHart.base + 0x2000)
        XCTAssertEqual(
            rig.session.watchpoints.map(\.state),
            [Watchpoint.State](repeating: .pending("There are no slots for 2 ranges."), count: 2))
        rig.hart.watchLimit = 2
        _ = try rig.session.step(1)
        XCTAssertEqual(
            rig.session.stop?.notes.first?.hasPrefix("Watchpoint 1, which was pending, is armed now"), true)
        check(try rig.session.resume(), .watchpoint([1]), 8)
    }

    func testAWatchCostsNothingUntilItIsHit() throws {
        let rig = try rig([
            Assembly.addi(5, 0, 100), Assembly.sd(5, 16, 8), Assembly.addi(5, 5, -1), Assembly.bne(5, 0, -8),
            Assembly.nop,
        ])
        try watch(rig)
        _ = rig.hart.takeCalls()
        check(try rig.session.resume(), .shutdown(0), 36)
        XCTAssertEqual(
            rig.hart.takeCalls().filter { !$0.hasPrefix("read") }, ["guestdbg on", "run", "get pc"])
    }
}
