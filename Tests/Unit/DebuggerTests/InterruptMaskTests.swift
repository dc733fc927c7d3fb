import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// A guest whose timer interrupt is pending all the time is stepped as if it had none, and sees nothing of that.
final class InterruptMaskTests: XCTestCase {
    private let timer: UInt64 = 1 << 5

    /// A guest of `pieces` that stands at its first instruction, takes interrupts, and has one pending; its handler is at 0x400.
    private func rig(_ pieces: [[UInt8]], handler: [[UInt8]] = [Assembly.addi(31, 31, 1), Assembly.sret]) throws -> Rig
    {
        let rig = try Rig(pieces)
        try rig.session.start()
        rig.hart.registers[.stvec] = TinyHart.base + 0x400
        rig.hart.registers[.sie] = timer
        rig.hart.registers[.sstatus] = SStatus.sie
        rig.hart.pending = timer
        rig.hart.place(handler, at: TinyHart.base + 0x400)
        return rig
    }

    private func checkOwn(_ rig: Rig, sie: UInt64, sstatus: UInt64, line: UInt = #line) {
        XCTAssertEqual(rig.hart.registers[.sie], sie, "sie", line: line)
        XCTAssertEqual(rig.hart.registers[.sstatus], sstatus, "sstatus", line: line)
    }

    func testStraightCodeNeverEntersTheHandler() throws {
        let rig = try rig([[UInt8]](repeating: Assembly.addi(5, 5, 1), count: 100) + [Assembly.jal(0, -400)])
        check(try rig.session.step(10_000), .step, 4)
        XCTAssertEqual(rig.hart.x(31), 0)
        XCTAssertEqual(rig.hart.x(5), 9901)
        checkOwn(rig, sie: timer, sstatus: SStatus.sie)
    }

    func testFollowedTheyAreTaken() throws {
        let rig = try rig([Assembly.addi(5, 5, 1), Assembly.nop])
        rig.session.stepInterrupts = .follow
        let stop = try rig.session.step(1)
        check(stop, .step, 0x400)
        XCTAssertEqual(
            stop.notes,
            [
                "Before the instruction at 0x80000000 came a supervisor timer interrupt (scause 0x8000000000000005); "
                    + "this is its handler."
            ])
        XCTAssertEqual(rig.hart.x(5), 0)
    }

    /// The interrupt comes behind the instruction, not before it: it was executed.
    func testFollowedAnInterruptBehindTheInstruction() throws {
        let rig = try rig([Assembly.csr(6, 0, 0x100, 2), Assembly.nop])
        rig.hart.registers[.sstatus] = 0
        rig.session.stepInterrupts = .follow
        let stop = try rig.session.step(1)
        check(stop, .step, 0x400)
        XCTAssertEqual(stop.notes.count, 1)
        XCTAssertTrue(stop.notes[0].hasPrefix("Before the instruction at 0x80000004 came"), stop.notes[0])
    }

    /// Each access reads and writes as if nothing were masked: x5 gets the old value, the register the new one.
    func testTheGuestSeesItsOwnSIEAndSSTATUS() throws {
        let sie: UInt32 = 0x104
        let sstatus: UInt32 = 0x100
        let on = SStatus.sie
        let table: [(String, [UInt8], read: UInt64?, sie: UInt64, sstatus: UInt64)] = [
            ("csrr sie", Assembly.csr(2, 5, sie, 0), timer, timer, on),
            ("csrw sie", Assembly.csr(1, 0, sie, 9), nil, 0x202, on),
            ("csrrw sie", Assembly.csr(1, 5, sie, 9), timer, 0x202, on),
            ("csrs sie", Assembly.csr(2, 5, sie, 9), timer, 0x222, on),
            ("csrc sie", Assembly.csr(3, 5, sie, 10), timer, 0, on),
            ("csrsi sie", Assembly.csr(6, 5, sie, 2), timer, 0x22, on),
            ("csrwi sie", Assembly.csr(5, 5, sie, 0), timer, 0, on),
            ("csrr sstatus", Assembly.csr(2, 5, sstatus, 0), on, timer, on),
            ("csrci sstatus", Assembly.csr(7, 5, sstatus, 2), on, timer, 0),
            ("csrsi sstatus", Assembly.csr(6, 5, sstatus, 2), on, timer, on),
            ("csrw sstatus", Assembly.csr(1, 5, sstatus, 9), on, timer, 0x202),
            ("csrwi sstatus", Assembly.csr(5, 0, sstatus, 0), nil, timer, 0),
        ]
        for (name, bytes, read, sie, sstatus) in table {
            let rig = try rig([bytes, Assembly.nop])
            rig.hart.setX(9, 0x202)
            rig.hart.setX(10, ~0)
            check(try rig.session.step(1), .step, 4)
            if let read { XCTAssertEqual(rig.hart.x(5), read, name) }
            XCTAssertEqual(rig.hart.registers[.sie], sie, name)
            XCTAssertEqual(rig.hart.registers[.sstatus], sstatus, name)
            XCTAssertEqual(rig.hart.x(31), 0, name)
        }
    }

    func testTheyStayMaskedOverManyAccesses() throws {
        let rig = try rig([
            Assembly.csr(3, 5, 0x104, 10), Assembly.csr(2, 6, 0x104, 9), Assembly.csr(2, 7, 0x104, 0), Assembly.nop,
        ])
        rig.hart.setX(9, timer)
        rig.hart.setX(10, ~0)
        check(try rig.session.step(4), .step, 16)
        XCTAssertEqual([rig.hart.x(5), rig.hart.x(6), rig.hart.x(7), rig.hart.x(31)], [timer, 0, timer, 0])
        checkOwn(rig, sie: timer, sstatus: SStatus.sie)
    }

    /// A trap moves SIE to SPIE: behind it the guest has what it would have without a debugger.
    func testATrapWhileStepping() throws {
        for bytes in [Assembly.unimp, Assembly.csr(2, 5, 0x344, 0)] {
            let rig = try rig(
                [bytes], handler: [Assembly.csr(2, 6, 0x100, 0), Assembly.csr(2, 7, 0x104, 0), Assembly.nop])
            check(try rig.session.step(1), .step, 0x400)
            checkOwn(rig, sie: timer, sstatus: SStatus.spp | SStatus.spie)
            check(try rig.session.step(2), .step, 0x408)
            XCTAssertEqual(rig.hart.x(6), SStatus.spp | SStatus.spie)
            XCTAssertEqual(rig.hart.x(7), timer)
        }
    }

    func testATrapOfAnAccessToSIE() throws {
        // From U-mode it is illegal.
        let rig = try rig([Assembly.csr(2, 5, 0x104, 0)])
        rig.hart.registers[.mode] = 0
        check(try rig.session.step(1), .step, 0x400)
        checkOwn(rig, sie: timer, sstatus: SStatus.spie)
    }

    func testSRETThatEnablesThem() throws {
        let rig = try rig([Assembly.sret, Assembly.nop, Assembly.nop])
        rig.hart.registers[.sepc] = TinyHart.base + 4
        rig.hart.registers[.sstatus] = SStatus.spp | SStatus.spie
        check(try rig.session.step(2), .step, 8)
        XCTAssertEqual(rig.hart.registers[.sstatus], SStatus.sie | SStatus.spie)
        XCTAssertEqual(rig.hart.x(31), 0)
    }

    /// A condition is evaluated with the guest's own registers, also while it is stepped.
    func testAConditionSeesTheGuestsSIE() throws {
        let rig = try rig([Assembly.nop, Assembly.nop, Assembly.nop])
        try rig.breakpoint(4)
        try rig.session.setCondition(1, ("$sie == 32", try Expression(parsing: "$sie == 32")))
        check(try rig.session.step(2), .breakpoint([1]), 4)
        try rig.session.setCondition(1, ("$sie == 0", try Expression(parsing: "$sie == 0")))
        rig.hart.pc = TinyHart.base
        rig.session.guest?.registers.forget()
        check(try rig.session.step(2), .step, 8)
        checkOwn(rig, sie: timer, sstatus: SStatus.sie)
    }

    /// The callee waits for the interrupt.
    func testACallThatIsSteppedOverTakesThem() throws {
        let rig = try rig([Assembly.jal(1, 8), Assembly.nop, Assembly.beq(31, 0, 0), Assembly.jalr(0, 1, 0)])
        rig.hart.place(
            [Assembly.addi(31, 31, 1), Assembly.csr(5, 0, 0x104, 0), Assembly.sret], at: TinyHart.base + 0x400)
        check(try rig.session.step(1, over: true), .step, 4)
        XCTAssertEqual(rig.hart.x(31), 1)
        checkOwn(rig, sie: 0, sstatus: SStatus.sie | SStatus.spie)
    }

    func testNothingStaysMaskedAfterCtrlC() throws {
        for run in 0..<3 {
            let rig = try rig([Assembly.ld(5, 0, 8), Assembly.csr(2, 5, 0x104, 0), Assembly.nop, Assembly.jal(0, -12)])
            rig.hart.setX(8, TinyHart.base)
            for _ in 0..<run { rig.hart.onRun() }
            rig.hart.onRun(.interrupted)
            let before = rig.hart.ram
            check(try rig.session.step(1_000_000), .interrupt, UInt64(4 * run))
            checkOwn(rig, sie: timer, sstatus: SStatus.sie)
            XCTAssertTrue(rig.hart.ram == before)
        }
    }

    func testNothingStaysMaskedAfterAnError() throws {
        let rig = try rig([Assembly.nop, Assembly.csr(2, 5, 0x104, 0)])
        rig.hart.onRun()
        rig.hart.onRun(failWith: .host("KVM_RUN failed."))
        checkRefusal("KVM_RUN failed.") { try rig.session.step(3) }
        checkOwn(rig, sie: timer, sstatus: SStatus.sie)
    }

    func testABreakpointUnderAnInterruptedInstructionIsHitOnce() throws {
        // The handler takes the interrupt's cause away.
        let rig = try rig(
            [Assembly.addi(5, 5, 1), Assembly.jal(0, -4)], handler: [Assembly.csr(5, 0, 0x104, 0), Assembly.sret])
        rig.hart.registers[.sie] = 0
        try rig.breakpoint(0)
        check(try rig.session.run(), .breakpoint([1]), 0)
        rig.hart.registers[.stvec] = TinyHart.base + 0x400
        rig.hart.place([Assembly.csr(5, 0, 0x104, 0)], at: TinyHart.base + 0x400)
        rig.hart.place([Assembly.sret], at: TinyHart.base + 0x404)
        rig.hart.registers[.sie] = timer
        rig.hart.registers[.sstatus] = SStatus.sie
        rig.hart.pending = timer
        rig.session.guest?.registers.forget()
        rig.session.stepInterrupts = .follow
        check(try rig.session.step(1), .step, 0x400)
        // Back by steps: not told again, and hit anew in the next round.
        check(try rig.session.step(1), .step, 0x404)
        check(try rig.session.step(1), .step, 0)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
        check(try rig.session.resume(), .breakpoint([1]), 0)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 2)
    }

    /// Each time that the guest is let run, the next interrupt is there already: it goes on all the same.
    func testInterruptsThatComeFasterThanABreakpointIsPassed() throws {
        let rig = try Rig([Assembly.addi(5, 5, 1), Assembly.jal(0, -4)])
        try rig.breakpoint(0)
        try rig.session.setCondition(1, ("$t0 == 10", try Expression(parsing: "$t0 == 10")))
        try rig.session.start()
        rig.hart.registers[.stvec] = TinyHart.base + 0x400
        rig.hart.registers[.sie] = timer
        rig.hart.registers[.sstatus] = SStatus.sie
        rig.hart.setX(10, timer)
        rig.hart.place(
            [Assembly.addi(31, 31, 1), Assembly.csr(3, 0, 0x144, 10), Assembly.sret], at: TinyHart.base + 0x400)
        for _ in 0..<200 { rig.hart.onRun { $0.pending = 1 << 5 } }
        check(try rig.session.resume(), .breakpoint([1]), 0)
        XCTAssertEqual(rig.hart.x(5), 10)
        // Each round takes two: before the breakpoint's instruction, and behind it.
        XCTAssertTrue((10...30).contains(rig.hart.x(31)), "\(rig.hart.x(31)) interrupts")
        checkOwn(rig, sie: timer, sstatus: SStatus.sie | SStatus.spie)
    }
}
