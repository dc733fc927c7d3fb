import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// How the engine knows a semihosting call and where the guest is afterwards; what is answered is the target's business.
final class SemihostingTests: XCTestCase {
    private let entry = Assembly.word(0x01F0_1013)
    private let exit = Assembly.word(0x4070_5013)
    /// a0 = 4, a1 = 5, the call with its ebreak at 12, then the result in t0.
    private var program: [[UInt8]] {
        [Assembly.addi(10, 0, 4), Assembly.addi(11, 0, 5), entry, Assembly.ebreak, exit, Assembly.addi(5, 10, 0)]
            + Assembly.shutdown()
    }

    private func calls(_ rig: Rig) -> [String] { rig.hart.calls.filter { $0.hasPrefix("semihost") } }

    func testACallIsCarriedOut() throws {
        for policy in [EbreakPolicy.stop, .pass, .skip] {
            let rig = try Rig(program)
            rig.session.ebreakPolicy = policy
            try rig.session.start()
            rig.hart.semihosted = [SemihostingOutcome(result: 77)]
            check(try rig.session.resume(), .shutdown(0), 40)
            XCTAssertEqual(calls(rig), ["semihost 4 5 0x8000000c"])
            XCTAssertEqual(rig.hart.x(5), 77)
        }
    }

    func testACallIsSteppedOver() throws {
        for over in [false, true] {
            let rig = try Rig(program)
            try rig.session.start()
            rig.session.ebreakPolicy = .pass
            rig.hart.semihosted = [SemihostingOutcome(result: 77)]
            check(try rig.session.step(3, over: over), .step, 12)
            let stop = try rig.session.step(1, over: over)
            check(stop, .step, 16)
            XCTAssertEqual(stop.notes, [])
            XCTAssertEqual(rig.hart.x(10), 77)
            check(try rig.session.step(2, over: over), .step, 24)
            XCTAssertEqual(rig.hart.x(5), 77)
        }
    }

    func testBreakpointsInACall() throws {
        let rig = try Rig(program)
        for offset in [8, 12, 16] as [UInt64] { try rig.breakpoint(offset) }
        check(try rig.session.run(), .breakpoint([1]), 8)
        check(try rig.session.resume(), .breakpoint([2]), 12)
        XCTAssertEqual(calls(rig), [])
        check(try rig.session.resume(), .breakpoint([3]), 16)
        check(try rig.session.resume(), .shutdown(0), 40)
        XCTAssertEqual(calls(rig).count, 1)
    }

    func testAnExitEndsTheGuest() throws {
        let rig = try Rig(program)
        try rig.session.start()
        rig.hart.semihosted = [SemihostingOutcome(event: .exited(code: .max))]
        let stop = try rig.session.resume()
        check(stop, .exit(-1), 12)
        XCTAssertFalse(stop.canResume)
    }

    func testWhatIsToldStopsBehindTheCall() throws {
        for (event, reason) in [
            (TargetEvent.console, StopReason.console), (.unhandled("It is wrong."), .error("It is wrong.")),
        ] {
            let rig = try Rig(program)
            try rig.session.start()
            rig.hart.semihosted = [SemihostingOutcome(result: 7, event: event)]
            check(try rig.session.resume(), reason, 16)
            XCTAssertEqual(rig.hart.x(10), 7)
            check(try rig.session.resume(), .shutdown(0), 40)
            XCTAssertEqual(calls(rig).count, 1)
        }
    }

    /// A guest that waits for keys makes its call again, also where a breakpoint is on it, which is hit once.
    func testACallThatIsNotDoneIsMadeAgain() throws {
        for hasBreakpoint in [false, true] {
            let rig = try Rig(program)
            if hasBreakpoint { try rig.breakpoint(12) }
            try rig.session.start()
            let waits = SemihostingOutcome()
            rig.hart.semihosted = [waits, waits, SemihostingOutcome(event: .interrupted), waits]
            if hasBreakpoint { check(try rig.session.resume(), .breakpoint([1]), 12) }
            check(try rig.session.resume(), .interrupt, 12)
            XCTAssertEqual(calls(rig).count, 3)
            check(try rig.session.resume(), .shutdown(0), 40)
            XCTAssertEqual(calls(rig).count, 5)
            if hasBreakpoint { XCTAssertEqual(rig.session.breakpoints[0].hits, 1) }
        }
    }

    func testWhatIsNoCall() throws {
        let half = [Assembly.nop, entry, Assembly.cEbreak, exit] + Assembly.shutdown()
        let before = [Assembly.nop, Assembly.nop, Assembly.ebreak, exit] + Assembly.shutdown()
        let behind = [Assembly.nop, entry, Assembly.ebreak, Assembly.nop] + Assembly.shutdown()
        for pieces in [half, before, behind] {
            let rig = try Rig(pieces)
            check(try rig.session.run(), .ebreak, 8)
            XCTAssertEqual(calls(rig), [])
        }
    }

    func testItCanBeSwitchedOff() throws {
        let rig = try Rig(program)
        let checkpoint = rig.session.checkpoint()
        rig.session.semihosting = false
        check(try rig.session.run(), .ebreak, 12)
        check(try rig.session.resume(), .shutdown(0), 40)
        XCTAssertEqual(calls(rig), [])
        rig.session.restore(checkpoint)
        XCTAssertTrue(rig.session.semihosting)
    }

    /// While guest debug is off the ebreak is the guest's, also when it is stepped.
    func testWithoutGuestDebugTheGuestTakesIt() throws {
        let rig = try Rig(program)
        try rig.session.start()
        rig.hart.registers[.stvec] = TinyHart.base + 0x100
        rig.session.setGuestDebug(false)
        check(try rig.session.step(4), .step, 0x100)
        XCTAssertEqual(calls(rig), [])
    }

    /// Any other hit costs what it did.
    func testABreakpointsHitLooksForNoCall() throws {
        let rig = try Rig([Assembly.nop, Assembly.nop] + Assembly.shutdown())
        try rig.breakpoint(4)
        try rig.session.start()
        _ = rig.hart.takeCalls()
        check(try rig.session.resume(), .breakpoint([1]), 4)
        XCTAssertEqual(rig.hart.takeCalls().filter { $0.hasPrefix("read 0x80000000 ") }, [])
    }
}
