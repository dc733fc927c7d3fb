import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// Going on from a breakpoint: the instruction under it is executed once, and nothing is left behind.
final class StepOffTests: XCTestCase {
    private func rig(_ pieces: [[UInt8]], at offset: UInt64, compressed: Bool = true) throws -> Rig {
        let rig = try Rig(pieces, compressed: compressed)
        try rig.breakpoint(offset)
        check(try rig.session.run(), .breakpoint([1]), offset)
        return rig
    }

    func testEachKindOfInstructionIsExecutedOnce() throws {
        let end = Assembly.shutdown()
        let table: [(String, [[UInt8]], executed: [UInt64])] = [
            ("jalr", [Assembly.jalr(1, 8, 8), Assembly.nop, Assembly.nop], [0, 8]),
            ("c.jr", [Assembly.cJr(9), Assembly.cNop, Assembly.nop], [0, 4]),
            ("ld", [Assembly.ld(1, 0, 8), Assembly.nop], [0, 4]),
            ("auipc to x0", [Assembly.auipc(0, 0), Assembly.nop], [0, 4]),
            ("SBI call", [Assembly.ecall, Assembly.nop], [0, 4]),
            ("wfi", [Assembly.wfi, Assembly.nop], [0, 4]),
        ]
        for (name, pieces, executed) in table {
            let rig = try rig(pieces + end, at: 0)
            rig.hart.setX(8, TinyHart.base)
            rig.hart.setX(9, TinyHart.base + 4)
            let length = UInt64(pieces.joined().count)
            check(try rig.session.resume(), .shutdown(0), length + 16)
            XCTAssertEqual(Array(rig.executed.prefix(executed.count)), executed, name)
            XCTAssertEqual(rig.planted(pieces + end), [0], name)
            XCTAssertEqual(rig.session.breakpoints[0].hits, 1, name)
        }
    }

    func testArithmeticAndFixedJumpsAreDoneForTheGuest() throws {
        let end = Assembly.shutdown()
        let table: [(String, [[UInt8]], goesOn: UInt64, x5: UInt64, x1: UInt64)] = [
            ("addi", [Assembly.addi(5, 5, 1), Assembly.nop], 4, 8, 0),
            ("c.addi", [Assembly.cAddi(5, 1), Assembly.nop], 2, 8, 0),
            ("c.mv", [Assembly.cMv(1, 5), Assembly.nop], 2, 7, 7),
            ("lui", [Assembly.lui(1, 1), Assembly.nop], 4, 7, 0x1000),
            ("auipc", [Assembly.auipc(1, 1), Assembly.nop], 4, 7, TinyHart.base + 0x1000),
            ("jal", [Assembly.jal(1, 8), Assembly.nop, Assembly.nop], 8, 7, TinyHart.base + 4),
            ("c.j", [Assembly.cJ(4), Assembly.cNop, Assembly.nop], 4, 7, 0),
            ("beq taken", [Assembly.beq(0, 0, 8), Assembly.nop, Assembly.nop], 8, 7, 0),
            ("bne not taken", [Assembly.bne(5, 5, 8), Assembly.nop, Assembly.nop], 4, 7, 0),
        ]
        for (name, pieces, goesOn, x5, x1) in table {
            let rig = try rig(pieces + end, at: 0)
            rig.hart.setX(5, 7)
            check(try rig.session.resume(), .shutdown(0), UInt64(pieces.joined().count) + 16)
            XCTAssertEqual(rig.executed.first, goesOn, name)
            XCTAssertEqual(rig.hart.x(5), x5, name)
            XCTAssertEqual(rig.hart.x(1), x1, name)
            XCTAssertEqual(rig.session.breakpoints[0].hits, 1, name)
        }
    }

    /// Where a breakpoint is at each instruction, the guest still runs, and takes its interrupts.
    func testAGuestThatIsAllBreakpointsRuns() throws {
        let rig = try rig([Assembly.addi(5, 5, 1), Assembly.addi(5, 5, 1), Assembly.jal(0, -8)], at: 0)
        for offset in [4, 8] as [UInt64] { try rig.breakpoint(offset) }
        for number in 1...3 { try rig.session.setIgnoreCount(number, 1000) }
        rig.hart.onRun(.interrupted)
        guard case .interrupt = try rig.session.resume().reason else { return XCTFail("it was not interrupted") }
    }

    /// Without C, a jump to an address between two instructions raises an exception, which is the hart's to do.
    func testAJumpToWhereNoInstructionMayBeIsTheGuestsOwn() throws {
        let rig = try rig(
            [Assembly.jal(1, 6), Assembly.nop, Assembly.nop] + Assembly.shutdown(), at: 0, compressed: false)
        _ = try rig.session.resume()
        XCTAssertEqual(rig.executed.first, 0)
    }

    func testJALRThroughTheRegisterThatItSets() throws {
        let pieces =
            [Assembly.auipc(1, 0), Assembly.addi(1, 1, 20), Assembly.jalr(1, 1, 0), Assembly.nop, Assembly.nop]
            + Assembly.shutdown()
        let rig = try rig(pieces, at: 8)
        check(try rig.session.resume(), .shutdown(0), 36)
        XCTAssertEqual(rig.executed, [0, 4, 8, 20, 24, 28, 32, 36])
        XCTAssertEqual(rig.hart.x(1), TinyHart.base + 12)
    }

    func testALoopHitsTheBreakpointEachTime() throws {
        let pieces = [Assembly.addi(5, 0, 3), Assembly.addi(5, 5, -1), Assembly.bne(5, 0, -4)] + Assembly.shutdown()
        let rig = try Rig(pieces)
        try rig.breakpoint(4)
        try rig.breakpoint(8)
        check(try rig.session.run(), .breakpoint([1]), 4)
        for left in [2, 1, 0] as [UInt64] {
            check(try rig.session.resume(), .breakpoint([2]), 8)
            XCTAssertEqual(rig.hart.x(5), left)
            if left > 0 { check(try rig.session.resume(), .breakpoint([1]), 4) }
        }
        check(try rig.session.resume(), .shutdown(0), 28)
        XCTAssertEqual(rig.session.breakpoints.map { $0.hits }, [3, 3])
    }

    func testABranchToItselfIsHitAgain() throws {
        let pieces = [Assembly.nop, Assembly.beq(0, 0, 0), Assembly.nop]
        let rig = try rig(pieces, at: 4)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 3)
        // Without the breakpoint it is the guest's own endless loop.
        try rig.session.deleteBreakpoint(1)
        guard case .error = try rig.session.resume().reason else { return XCTFail("the loop came to an end") }
    }

    /// The guest has an ebreak of its own where the breakpoint is: first the breakpoint is told, then the guest's ebreak, and
    /// then it goes on.
    func testABreakpointOnAnEbreakOfTheGuest() throws {
        for (ebreak, compressed) in [(Assembly.ebreak, true), (Assembly.cEbreak, true), (Assembly.ebreak, false)] {
            let pieces = [Assembly.nop, ebreak, Assembly.addi(5, 0, 9)] + Assembly.shutdown()
            let rig = try rig(pieces, at: 4, compressed: compressed)
            check(try rig.session.resume(), .ebreak, 4)
            XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
            XCTAssertEqual(try rig.seen(4, ebreak.count), ebreak)
            check(try rig.session.resume(), .shutdown(0), UInt64(ebreak.count) + 24)
            XCTAssertEqual(rig.hart.x(5), 9)
            XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
        }
    }

    /// What the guest executes itself: it adds one to the doubleword that x8 points to.
    private let counting = Assembly.amoadd(0, 7, 8)

    private func setCount(_ rig: Rig) {
        rig.hart.setX(7, 1)
        rig.hart.setX(8, TinyHart.base + 0x2000)
    }

    private func count(_ rig: Rig) -> UInt8 { rig.raw(0x2000, 1)[0] }

    /// A handler at 0x100 that counts in t1 and skips the faulting instruction, or comes back to it.
    private func handler(skipping: Bool) -> [[UInt8]] {
        [Assembly.addi(6, 6, 1)] + (skipping ? [Assembly.jal(0, 0)] : [Assembly.sret])
    }

    func testAnExceptionOfTheInstructionGoesToTheHandler() throws {
        let pieces = [Assembly.ld(5, 0, 0), Assembly.nop] + Assembly.shutdown()
        let rig = try rig(pieces, at: 0)
        rig.hart.registers[.stvec] = TinyHart.base + 0x100
        rig.hart.place([Assembly.addi(6, 6, 1)] + Assembly.shutdown(reason: 1), at: TinyHart.base + 0x100)
        check(try rig.session.resume(), .shutdown(1), 0x114)
        XCTAssertEqual(rig.hart.x(6), 1)
        XCTAssertEqual(rig.hart.registers[.scause], 13)
        XCTAssertEqual(rig.planted(pieces), [0])
        XCTAssertEqual(rig.raw(0x100, 4), Assembly.addi(6, 6, 1), "the site at the trap vector is gone")
    }

    func testABreakpointAtTheHandlerIsHitByAnException() throws {
        let rig = try rig([Assembly.ld(5, 0, 0)] + Assembly.shutdown(), at: 0)
        rig.hart.registers[.stvec] = TinyHart.base + 0x100
        rig.hart.place(Assembly.shutdown(reason: 1), at: TinyHart.base + 0x100)
        try rig.breakpoint(0x100)
        check(try rig.session.resume(), .breakpoint([2]), 0x100)
        check(try rig.session.resume(), .shutdown(1), 0x110)
    }

    func testAnInterruptComesFirstAndTheInstructionIsTriedAgain() throws {
        let pieces = [counting, Assembly.nop] + Assembly.shutdown()
        for isVectored in [false, true] {
            let rig = try rig(pieces, at: 0)
            rig.hart.registers[.stvec] = TinyHart.base + 0x100 + (isVectored ? 1 : 0)
            rig.hart.place(handler(skipping: false), at: TinyHart.base + (isVectored ? 0x114 : 0x100))
            rig.hart.interrupts = [TinyHart.base: 5]
            setCount(rig)
            check(try rig.session.resume(), .shutdown(0), 24)
            XCTAssertEqual(count(rig), 1, "executed once")
            XCTAssertEqual(rig.hart.x(6), 1, "the handler ran")
            XCTAssertEqual(rig.session.breakpoints[0].hits, 1, "the breakpoint was not told again")
            XCTAssertEqual(rig.planted(pieces), [0])
        }
    }

    func testABreakpointInTheInterruptHandlerIsHit() throws {
        let rig = try rig([counting] + Assembly.shutdown(), at: 0)
        setCount(rig)
        rig.hart.registers[.stvec] = TinyHart.base + 0x100
        rig.hart.place(handler(skipping: false), at: TinyHart.base + 0x100)
        rig.hart.interrupts = [TinyHart.base: 5]
        try rig.breakpoint(0x104)
        check(try rig.session.resume(), .breakpoint([2]), 0x104)
        XCTAssertEqual(count(rig), 0)
    }

    func testAShutdownLeavesNoSiteBehind() throws {
        let pieces = Assembly.shutdown() + [Assembly.nop]
        let rig = try rig(pieces, at: 16)
        check(try rig.session.resume(), .shutdown(0), 16)
        XCTAssertEqual(rig.planted(pieces), [16])
    }

    func testAnInterruptionLeavesTheInstructionToCome() throws {
        let pieces = [counting, Assembly.nop] + Assembly.shutdown()
        let rig = try rig(pieces, at: 0)
        setCount(rig)
        rig.hart.onRun(.interrupted)
        check(try rig.session.resume(), .interrupt, 0)
        XCTAssertEqual(rig.planted(pieces), [0])
        check(try rig.session.resume(), .shutdown(0), 24)
        XCTAssertEqual(count(rig), 1)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
    }

    func testAHostThatFailsLeavesNoSiteBehind() throws {
        let pieces = [Assembly.addi(5, 5, 1), Assembly.nop] + Assembly.shutdown()
        let rig = try rig(pieces, at: 0)
        rig.hart.onRun(failWith: .host("KVM_RUN failed."))
        checkRefusal("KVM_RUN failed.") { try rig.session.resume() }
        XCTAssertEqual(rig.planted(pieces), [0])
        check(try rig.session.resume(), .shutdown(0), 24)
        XCTAssertEqual(rig.hart.x(5), 1)
    }

    func testABreakpointOnSRET() throws {
        let pieces = [Assembly.sret, Assembly.nop] + Assembly.shutdown()
        let rig = try rig(pieces, at: 0)
        rig.hart.registers[.sepc] = TinyHart.base + 8
        rig.hart.registers[.sstatus] = SStatus.spp
        check(try rig.session.resume(), .shutdown(0), 24)
        XCTAssertEqual(rig.executed, [0, 8, 12, 16, 20, 24])
    }

    func testABreakpointOnACallFromUserMode() throws {
        let pieces = [Assembly.ecall, Assembly.nop] + Assembly.shutdown()
        let rig = try rig(pieces, at: 0)
        rig.hart.registers[.mode] = PrivilegeMode.user.rawValue
        rig.hart.registers[.stvec] = TinyHart.base + 8
        check(try rig.session.resume(), .shutdown(0), 24)
        XCTAssertEqual(rig.executed, [8, 12, 16, 20, 24])
        XCTAssertEqual(rig.hart.registers[.scause], 8)
    }

    func testTheLastInstructionOfRAM() throws {
        // Behind it there is nothing that a site could be planted in.
        let rig = try Rig([Assembly.nop])
        try rig.session.start()
        let last = UInt64(rig.hart.ram.count) - 4
        rig.hart.place([Assembly.jal(0, -24)], at: TinyHart.base + last)
        rig.hart.place(Assembly.shutdown(), at: TinyHart.base + last - 24)
        rig.hart.place([Assembly.nop], at: TinyHart.base + last - 4)
        rig.hart.pc = TinyHart.base + last
        try rig.breakpoint(last)
        rig.hart.registers[.stvec] = TinyHart.base + last + 4
        check(try rig.session.resume(), .breakpoint([1]), last)
        check(try rig.session.resume(), .shutdown(0), last - 8)
    }
}
