import Guest
import XCTest

@testable import Debugger
@testable import Support

final class BreakpointTests: XCTestCase {
    /// Instructions of both lengths: at 0, 4, 8 (2 bytes), 10 (2 bytes), 12, then a shutdown at 16.
    let mixed =
        [
            Assembly.addi(5, 0, 1), Assembly.addi(5, 5, 1), Assembly.cAddi(5, 1), Assembly.cNop, Assembly.addi(5, 5, 1),
        ] + Assembly.shutdown()
    let plain = [Assembly.addi(5, 0, 1), Assembly.addi(5, 5, 1), Assembly.addi(5, 5, 1)] + Assembly.shutdown()

    func testWithCEverySiteHasTwoBytes() throws {
        let rig = try Rig(mixed)
        try rig.session.start()
        try rig.breakpoint(4)
        try rig.breakpoint(8)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        XCTAssertEqual(rig.raw(4, 4), Assembly.cEbreak + mixed[1][2...])
        XCTAssertEqual(rig.raw(8, 4), Assembly.cEbreak + Assembly.cNop)
        check(try rig.session.resume(), .breakpoint([2]), 8)
        check(try rig.session.resume(), .shutdown(0), 32)
        XCTAssertEqual(rig.hart.x(5), 4)
        // What is under the first is done for the guest, what is under the second the guest executes: it has not run in between.
        XCTAssertEqual(rig.executed, [0, 8, 10, 12, 16, 20, 24, 28, 32])
    }

    func testWithoutCEverySiteHasFourBytes() throws {
        let rig = try Rig(plain, compressed: false)
        try rig.breakpoint(4)
        check(try rig.session.run(), .breakpoint([1]), 4)
        XCTAssertEqual(rig.raw(4, 4), Assembly.ebreak)
        check(try rig.session.resume(), .shutdown(0), 28)
        XCTAssertEqual(rig.hart.x(5), 3)
    }

    func testStatesFromBeforeTheGuestToItsEnd() throws {
        let rig = try Rig(mixed)
        XCTAssertEqual(try rig.breakpoint(4).state, .waiting)
        try rig.session.start()
        XCTAssertEqual(rig.session.breakpoints[0].state, .armed(GuestPhysicalAddress(TinyHart.base + 4)))
        XCTAssertEqual(rig.planted(mixed), [], "nothing is planted while the guest has not run")
        check(try rig.session.resume(), .breakpoint([1]), 4)
        XCTAssertEqual(rig.planted(mixed), [4])
        try rig.breakpoint(8)
        XCTAssertEqual(rig.planted(mixed), [4, 8], "at a stop it is planted at once")
        rig.session.kill()
        XCTAssertEqual(rig.session.breakpoints.map { $0.state }, [.waiting, .waiting])
        check(try rig.session.run(), .breakpoint([1]), 4)
        check(try rig.session.resume(), .breakpoint([2]), 8)
        XCTAssertEqual(rig.session.breakpoints.map { $0.hits }, [2, 1])
        XCTAssertEqual(rig.provider.harts.count, 2)
    }

    func testTwoBreakpointsAtOneAddress() throws {
        let rig = try Rig(mixed)
        try rig.breakpoint(4)
        try rig.breakpoint(8)
        try rig.breakpoint(4)
        check(try rig.session.run(), .breakpoint([1, 3]), 4)
        try rig.session.deleteBreakpoint(1)
        XCTAssertEqual(rig.planted(mixed), [4, 8], "the other one still needs the site")
        try rig.session.deleteBreakpoint(3)
        XCTAssertEqual(rig.planted(mixed), [8])
        check(try rig.session.resume(), .breakpoint([2]), 8)
        XCTAssertEqual(rig.session.breakpoints.map { $0.number }, [2])
        try rig.session.deleteAllBreakpoints()
        XCTAssertEqual(rig.planted(mixed), [])
        XCTAssertEqual(try rig.breakpoint(8).number, 4, "a number is never used again")
        checkRefusal("There is no breakpoint 1. \"info breakpoints\" lists them.") {
            try rig.session.deleteBreakpoint(1)
        }
    }

    func testABreakpointOutsideOfRAMIsPending() throws {
        let rig = try Rig(mixed)
        try rig.session.start()
        XCTAssertEqual(
            try rig.breakpoint(at: 0x1000).state, .pending("2 bytes at 0x1000 are not in the guest's RAM."))
        check(try rig.session.resume(), .shutdown(0), 32)
    }

    func testReadsNeverShowASite() throws {
        let program = Array(mixed.joined())
        let rig = try Rig(mixed)
        for offset in [0, 4, 8, 12] as [UInt64] { try rig.breakpoint(offset) }
        check(try rig.session.run(), .breakpoint([1]), 0)
        XCTAssertEqual(rig.planted(mixed), [0, 4, 8, 12])
        for start in 0..<16 {
            for count in 1...16 - start {
                XCTAssertEqual(
                    try rig.seen(UInt64(start), count), Array(program[start..<start + count]), "\(count) at \(start)")
            }
        }
    }

    func testReadsNeverShowASiteOfFourBytes() throws {
        let program = Array(plain.joined())
        let rig = try Rig(plain, compressed: false)
        for offset in [0, 4] as [UInt64] { try rig.breakpoint(offset) }
        check(try rig.session.run(), .breakpoint([1]), 0)
        for start in 0..<12 {
            for count in 1...12 - start {
                XCTAssertEqual(
                    try rig.seen(UInt64(start), count), Array(program[start..<start + count]), "\(count) at \(start)")
            }
        }
    }

    func testWritesGoUnderASite() throws {
        for (start, count) in [(3, 2), (4, 1), (4, 4), (5, 1), (5, 2), (0, 16)] {
            let rig = try Rig(mixed)
            try rig.breakpoint(4)
            check(try rig.session.run(), .breakpoint([1]), 4)
            let bytes = [UInt8](repeating: 0xA5, count: count)
            try rig.write(bytes, UInt64(start))
            XCTAssertEqual(rig.raw(4, 2), Assembly.cEbreak, "\(count) at \(start)")
            XCTAssertEqual(try rig.seen(UInt64(start), count), bytes)
            try rig.session.deleteBreakpoint(1)
            XCTAssertEqual(rig.raw(UInt64(start), count), bytes)
        }
    }

    func testWhatIsWrittenUnderASiteIsExecuted() throws {
        let rig = try Rig(mixed)
        try rig.breakpoint(4)
        check(try rig.session.run(), .breakpoint([1]), 4)
        try rig.write(Assembly.addi(5, 0, 100), 4)
        check(try rig.session.resume(), .shutdown(0), 32)
        XCTAssertEqual(rig.hart.x(5), 102)
    }

    /// The site is known and not in memory: before the first run, and while guest debug is off.
    func testWhatIsWrittenWhileASiteIsLiftedIsExecuted() throws {
        let rig = try Rig(mixed)
        try rig.breakpoint(4)
        try rig.session.start()
        try rig.write(Assembly.addi(5, 0, 100), 4)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        XCTAssertEqual(try rig.seen(4, 4), Assembly.addi(5, 0, 100))
        check(try rig.session.resume(), .shutdown(0), 32)
        XCTAssertEqual(rig.hart.x(5), 102)
    }

    func testWhatTheGuestWritesWhileASiteIsLiftedStays() throws {
        let rig = try Rig(mixed)
        try rig.breakpoint(4)
        try rig.session.start()
        rig.session.setGuestDebug(false)
        // The guest changes its own code and is stopped before it gets there.
        rig.hart.onRun(.interrupted) { $0.place([Assembly.addi(5, 0, 100)], at: TinyHart.base + 4) }
        check(try rig.session.resume(), .interrupt, 0)
        rig.session.setGuestDebug(true)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        try rig.session.deleteBreakpoint(1)
        XCTAssertEqual(rig.raw(4, 4), Assembly.addi(5, 0, 100))
    }

    func testAWriteThatMissesAPageChangesNothing() throws {
        let rig = try Rig(mixed)
        try rig.session.start()
        let end = UInt64(rig.hart.ram.count)
        checkRefusal(
            "Cannot write memory at 0x80010000: GPA 0x80010000 is not in the guest's RAM, which is 0x80000000 to 0x8000ffff. "
                + "Nothing was written."
        ) {
            try rig.write([1, 2, 3, 4, 5, 6, 7, 8], end - 4)
        }
        XCTAssertEqual(rig.raw(end - 4, 4), [0, 0, 0, 0])
    }
}
