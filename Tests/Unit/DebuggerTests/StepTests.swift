import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// One instruction after the other: each way that it can go, and nothing left behind.
final class StepTests: XCTestCase {
    /// A guest of `pieces` that stands at its first instruction; its trap handler is at 0x400, an endless loop of nop.
    private func rig(_ pieces: [[UInt8]], compressed: Bool = true) throws -> Rig {
        let rig = try Rig(pieces, compressed: compressed)
        try rig.session.start()
        rig.hart.registers[.stvec] = TinyHart.base + 0x400
        rig.hart.place([Assembly.nop, Assembly.jal(0, -4)], at: TinyHart.base + 0x400)
        return rig
    }

    /// Steps `rig` once; what there is to tell, and that memory is as it was.
    @discardableResult
    private func step(
        _ rig: Rig, _ count: UInt64 = 1, to offset: UInt64, file: StaticString = #filePath, line: UInt = #line
    ) throws -> [String] {
        let before = rig.hart.ram
        let stop = try rig.session.step(count)
        check(stop, .step, offset, file: file, line: line)
        XCTAssertTrue(rig.hart.ram == before, "memory is as before", file: file, line: line)
        return stop.notes
    }

    func testEachFormGoesItsWay() throws {
        let table: [(String, [UInt8], to: UInt64)] = [
            ("addi", Assembly.addi(5, 5, 1), 4),
            ("c.addi", Assembly.cAddi(5, 1), 2),
            ("c.li", Assembly.cLi(5, -1), 2),
            ("c.mv", Assembly.cMv(5, 8), 2),
            ("auipc", Assembly.auipc(5, 1), 4),
            ("lui", Assembly.lui(5, 1), 4),
            ("ld", Assembly.ld(5, 0, 8), 4),
            ("sd", Assembly.sd(5, 8, 8), 4),
            ("jal", Assembly.jal(1, 16), 16),
            ("jal back to itself", Assembly.jal(0, 0), 0),
            ("jalr", Assembly.jalr(1, 8, 4), 0x104),
            ("jalr that sets its own register", Assembly.jalr(8, 8, 0), 0x100),
            ("jalr to an odd address", Assembly.jalr(0, 8, 5), 0x104),
            ("beq taken", Assembly.beq(0, 0, 12), 12),
            ("beq not taken", Assembly.beq(0, 8, 12), 4),
            ("bne taken", Assembly.bne(0, 8, 12), 12),
            ("bne not taken", Assembly.bne(8, 8, 12), 4),
            ("blt taken", Assembly.compare(4, 9, 0, 12), 12),
            ("blt not taken", Assembly.compare(4, 0, 9, 12), 4),
            ("bge taken", Assembly.compare(5, 0, 9, 12), 12),
            ("bltu taken", Assembly.compare(6, 0, 9, 12), 12),
            ("bltu not taken", Assembly.compare(6, 9, 0, 12), 4),
            ("bgeu taken", Assembly.compare(7, 9, 0, 12), 12),
            ("branch to behind itself", Assembly.beq(0, 8, 4), 4),
            ("branch to itself", Assembly.beq(0, 0, 0), 0),
            ("c.j", Assembly.cJ(32), 32),
            ("c.j to itself", Assembly.cJ(0), 0),
            ("c.beqz taken", Assembly.cBranch(true, 10, 24), 24),
            ("c.beqz not taken", Assembly.cBranch(true, 8, 24), 2),
            ("c.bnez taken", Assembly.cBranch(false, 8, 24), 24),
            ("c.bnez not taken", Assembly.cBranch(false, 10, 24), 2),
            ("c.jr", Assembly.cJr(8), 0x100),
            ("c.jalr", Assembly.cJalr(8), 0x100),
            ("fence.i", Assembly.fenceI, 4),
            ("SBI call", Assembly.ecall, 4),
            ("csrr", Assembly.csr(2, 5, 0x105, 0), 4),
        ]
        for (name, bytes, target) in table {
            let rig = try rig([bytes])
            rig.hart.setX(8, TinyHart.base + 0x100)
            rig.hart.setX(9, ~0)
            let expected = UInt64(bytes.count) + TinyHart.base
            let notes = try step(rig, to: target)
            XCTAssertEqual(notes, [], name)
            if name == "jalr that sets its own register" { XCTAssertEqual(rig.hart.x(8), expected, name) }
            if ["jal", "jalr", "c.jalr"].contains(name) { XCTAssertEqual(rig.hart.x(1), expected, name) }
            // The page was not known to be executable: once more where it is.
            rig.hart.pc = TinyHart.base
            rig.session.guest?.registers.forget()
            rig.hart.setX(8, TinyHart.base + 0x100)
            try step(rig, to: target)
            XCTAssertFalse(rig.hart.executed.isEmpty, name)
        }
    }

    /// An `ebreak` where such a jump leads to would be part of the jump.
    func testAJumpIntoItself() throws {
        // jal x1, 2: the upper half of its encoding is c.addi4spn-like and never executed here.
        for (bytes, link) in [
            (Assembly.jal(1, 2), true), (Assembly.beq(0, 0, 2), false), (Assembly.jalr(1, 8, 2), true),
        ] {
            let rig = try rig([bytes])
            rig.hart.setX(8, TinyHart.base)
            try step(rig, to: 2)
            if link { XCTAssertEqual(rig.hart.x(1), TinyHart.base + 4) }
        }
        let rig = try rig([Assembly.beq(0, 8, 2)])
        rig.hart.setX(8, 1)
        try step(rig, to: 4)
    }

    func testAJumpToItselfThroughTheRegisterThatItSets() throws {
        let rig = try rig([Assembly.jalr(5, 5, 0), Assembly.nop])
        rig.hart.setX(5, TinyHart.base)
        try step(rig, to: 0)
        XCTAssertEqual(rig.hart.x(5), TinyHart.base + 4)
        try step(rig, to: 4)
    }

    func testManyStepsAtAJumpToItselfAreOne() throws {
        let rig = try rig([Assembly.jal(0, 0), Assembly.nop])
        try rig.breakpoint(4)
        try rig.session.prepareRun(XCTUnwrap(rig.session.guest))
        _ = rig.hart.takeCalls()
        try step(rig, 1_000_000_000, to: 0)
        XCTAssertEqual(rig.hart.takeCalls().filter { $0 == "run" }.count, 1)
    }

    func testCtrlCAtAJumpToItself() throws {
        let rig = try rig([Assembly.jal(0, 0)])
        try rig.breakpoint(0)
        try rig.session.setCondition(1, ("0", try Expression(parsing: "0")))
        for _ in 0..<5 { rig.hart.onRun(.timeLimit) }
        rig.hart.onRun(.interrupted)
        check(try rig.session.resume(), .interrupt, 0)
        for _ in 0..<5 { rig.hart.onRun(.timeLimit) }
        rig.hart.onRun(.interrupted)
        check(try rig.session.step(1_000_000_000), .interrupt, 0)
    }

    /// The guest waits for an interrupt in a jump to itself, with a breakpoint there: the interrupt comes.
    func testAnInterruptEndsAJumpToItself() throws {
        let rig = try rig([Assembly.jal(0, 0), Assembly.nop])
        try rig.breakpoint(0)
        try rig.breakpoint(0x400)
        rig.hart.registers[.sie] = 1 << 5
        rig.hart.registers[.sstatus] = SStatus.sie
        rig.hart.pending = 1 << 5
        check(try rig.session.resume(), .breakpoint([2]), 0x400)
        // Behind the interrupt it is hit anew, however often they come.
        rig.hart.place([Assembly.csr(5, 0, 0x104, 0), Assembly.sret], at: TinyHart.base + 0x400)
        try rig.session.deleteBreakpoint(2)
        check(try rig.session.resume(), .breakpoint([1]), 0)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
    }

    func testExceptionsAreToldAtTheHandler() throws {
        let table: [(String, [[UInt8]], mode: UInt64, String)] = [
            ("illegal", [Assembly.unimp], 1, "an illegal instruction (scause 0x2, stval 0x0)"),
            ("mret", [Assembly.mret], 1, "an illegal instruction (scause 0x2, stval 0x30200073)"),
            ("load", [Assembly.ld(5, 0, 0)], 1, "a load page fault (scause 0xd, stval 0x0)"),
            ("ecall from U", [Assembly.ecall], 0, "an environment call from U-mode (scause 0x8, stval 0x0)"),
            ("CSR from U", [Assembly.csr(2, 5, 0x100, 0)], 0, "an illegal instruction (scause 0x2, stval 0x100022f3)"),
        ]
        for (name, pieces, mode, what) in table {
            let rig = try rig(pieces)
            rig.hart.registers[.mode] = mode
            XCTAssertEqual(
                try step(rig, to: 0x400), ["The instruction at 0x80000000 raised \(what); this is its handler."], name)
            XCTAssertEqual(rig.hart.registers[.sepc], TinyHart.base, name)
        }
    }

    func testAFetchThatFaults() throws {
        let rig = try rig([Assembly.jalr(0, 8, 0)])
        rig.hart.setX(8, 0x1000)
        XCTAssertEqual(
            try step(rig, to: 0x400),
            [
                "The instruction at 0x1000 raised an instruction page fault (scause 0xc, stval 0x1000); this is its handler."
            ])
    }

    /// A handler whose first instruction traps does so for ever: each step is one trap.
    func testAHandlerThatTrapsAtItsFirstInstruction() throws {
        for stvec in [0x400, 0x401] as [UInt64] {
            let rig = try rig([Assembly.ld(5, 0, 0)])
            rig.hart.registers[.stvec] = TinyHart.base + stvec
            rig.hart.place([Assembly.sd(5, 0, 2), Assembly.nop], at: TinyHart.base + 0x400)
            try step(rig, to: 0x400)
            rig.hart.registers[.sstatus] = SStatus.spp | SStatus.sie
            for _ in 0..<3 {
                XCTAssertEqual(
                    try step(rig, to: 0x400),
                    [
                        "The instruction at 0x80000400 raised a store/AMO page fault (scause 0xf, stval 0x0); this is its handler."
                    ])
            }
            XCTAssertEqual(rig.hart.registers[.stvec], TinyHart.base + stvec)
            try rig.breakpoint(0x400)
            check(try rig.session.resume(), .breakpoint([1]), 0x400)
            check(try rig.session.resume(), .breakpoint([1]), 0x400)
            // With a stack it goes on.
            rig.hart.setX(2, TinyHart.base + 0x800)
            rig.session.guest?.registers.forget()
            try step(rig, to: 0x404)
        }
    }

    func testSRETToUserMode() throws {
        let rig = try rig([Assembly.sret, Assembly.nop, Assembly.addi(5, 0, 1)])
        rig.hart.registers[.sepc] = TinyHart.base + 8
        try step(rig, to: 8)
        XCTAssertEqual(rig.hart.registers[.mode], 0)
        XCTAssertEqual(try rig.session.registerValue(.mode), 0)
    }

    func testAWFIThatNothingWakesIsTold() throws {
        let rig = try rig([Assembly.wfi, Assembly.nop])
        rig.hart.registers[.sie] = 1 << 5
        rig.hart.registers[.sstatus] = SStatus.sie
        XCTAssertEqual(
            try step(rig, to: 4), ["No interrupt came within 1 s; the guest stands behind the wfi at 0x80000000."])
        XCTAssertEqual(rig.hart.registers[.sie], 1 << 5)
        XCTAssertEqual(rig.hart.registers[.sstatus], SStatus.sie)
    }

    func testAWFIWakesByAnInterruptThatIsNotTaken() throws {
        let rig = try rig([Assembly.wfi, Assembly.nop])
        rig.hart.registers[.sie] = 1 << 5
        rig.hart.registers[.sstatus] = SStatus.sie
        rig.hart.pending = 1 << 5
        XCTAssertEqual(try step(rig, to: 4), [])
        XCTAssertEqual(rig.hart.registers[.sie], 1 << 5)
        XCTAssertEqual(rig.hart.registers[.sstatus], SStatus.sie)
    }

    /// From LR to SC it is one step: a stop between them takes the reservation, and the SC never succeeds.
    func testALoopOfLRAndSCIsOneStep() throws {
        let loop = [
            Assembly.lrd(5, 8), Assembly.addi(5, 5, 1), Assembly.scd(6, 5, 8), Assembly.bne(6, 0, -12), Assembly.nop,
        ]
        let rig = try rig(loop)
        rig.hart.setX(8, TinyHart.base + 0x100)
        try rig.breakpoint(4)
        try rig.session.prepareRun(XCTUnwrap(rig.session.guest))
        check(try rig.session.step(1), .step, 12)
        XCTAssertEqual(rig.hart.x(6), 0, "it succeeded")
        XCTAssertEqual(rig.raw(0x100, 1), [1])
        try step(rig, to: 16)
    }

    func testABranchOutOfASequenceOfLRAndSC() throws {
        // Compare and swap: leaves in the middle where the old value is another.
        let pieces = [
            Assembly.lrd(5, 8), Assembly.bne(5, 9, 12), Assembly.scd(6, 10, 8), Assembly.bne(6, 0, -12), Assembly.nop,
            Assembly.nop,
        ]
        let rig = try rig(pieces)
        rig.hart.setX(8, TinyHart.base + 0x100)
        rig.hart.setX(9, 7)
        try step(rig, to: 16)
        let other = try self.rig(pieces)
        other.hart.setX(8, TinyHart.base + 0x100)
        try step(other, to: 12)
    }

    func testAFaultInASequenceOfLRAndSCNamesItsInstruction() throws {
        let rig = try rig([Assembly.nop, Assembly.lrd(5, 8), Assembly.ld(7, 0, 0), Assembly.scd(6, 5, 8)])
        rig.hart.setX(8, TinyHart.base + 0x100)
        XCTAssertEqual(
            try step(rig, 2, to: 0x400),
            [
                "The instruction at 0x80000008 raised a load page fault (scause 0xd, stval 0x0); this is its handler."
            ])
    }

    func testAnLRWithoutAnSCIsAStep() throws {
        let rig = try rig([Assembly.lrd(5, 8), Assembly.jal(0, 8), Assembly.nop, Assembly.scd(6, 5, 8)])
        rig.hart.setX(8, TinyHart.base + 0x100)
        try step(rig, to: 4)
        try step(rig, 2, to: 16)
        XCTAssertEqual(rig.hart.x(6), 1)
    }

    func testTheGuestsOwnEbreakUnderEachPolicy() throws {
        for ebreak in [Assembly.ebreak, Assembly.cEbreak] {
            let behind = UInt64(4 + ebreak.count)
            let pieces = [Assembly.nop, ebreak, Assembly.nop]
            var rig = try rig(pieces)
            try step(rig, to: 4)
            check(try rig.session.step(5), .ebreak, 4)
            try step(rig, to: behind)

            rig = try self.rig(pieces)
            rig.session.ebreakPolicy = .skip
            XCTAssertEqual(try step(rig, 2, to: behind), [])

            rig = try self.rig(pieces)
            rig.session.ebreakPolicy = .pass
            XCTAssertEqual(
                try step(rig, 2, to: 0x400),
                [
                    "The instruction at 0x80000004 raised a breakpoint (scause 0x3, stval 0x80000004); this is its handler."
                ])

            // Guest debug off: it is the guest's in any case, and breakpoints are not there.
            rig = try self.rig(pieces)
            rig.session.setGuestDebug(false)
            try rig.breakpoint(4)
            try step(rig, 2, to: 0x400)
            XCTAssertEqual(rig.session.breakpoints[0].hits, 0)
        }
    }

    func testBreakpointsOnTheWay() throws {
        let rig = try rig([Assembly.nop, Assembly.nop, Assembly.nop, Assembly.nop, Assembly.nop])
        for offset in [4, 8] as [UInt64] { try rig.breakpoint(offset) }
        check(try rig.session.step(10), .breakpoint([1]), 4)
        check(try rig.session.step(1), .breakpoint([2]), 8)
        check(try rig.session.step(2), .step, 16)
        XCTAssertEqual(rig.session.breakpoints.map { $0.hits }, [1, 1])
        XCTAssertEqual(rig.executed, [0, 4, 8, 12])
    }

    func testABreakpointAtTheHandlerIsToldWithTheException() throws {
        let rig = try rig([Assembly.ld(5, 0, 0)])
        try rig.breakpoint(0x400)
        let stop = try rig.session.step(1)
        check(stop, .breakpoint([1]), 0x400)
        XCTAssertEqual(stop.notes.count, 1)
        XCTAssertTrue(stop.notes[0].contains("load page fault"), stop.notes[0])
    }

    func testTheLastInstructionOfRAM() throws {
        for bytes in [Assembly.jal(0, -24), Assembly.cJ(-22)] {
            let rig = try rig([Assembly.nop])
            let last = UInt64(rig.hart.ram.count - bytes.count)
            rig.hart.place([bytes], at: TinyHart.base + last)
            rig.hart.pc = TinyHart.base + last
            rig.session.guest?.registers.forget()
            try step(rig, to: last - (bytes.count == 4 ? 24 : 22))
        }
    }

    func testAnErrorAmongManyStepsLeavesTheStopWhereTheGuestStands() throws {
        let rig = try rig([Assembly.nop, Assembly.nop, Assembly.nop, Assembly.nop])
        rig.hart.onRun()
        rig.hart.onRun()
        rig.hart.onRun(failWith: .host("KVM_RUN failed."))
        checkRefusal("KVM_RUN failed.") { try rig.session.step(4) }
        XCTAssertEqual(rig.session.stop?.pc.value, TinyHart.base + 8)
        XCTAssertEqual(rig.planted([Assembly.nop, Assembly.nop, Assembly.nop, Assembly.nop]), [])
        try step(rig, to: 12)
    }

    func testWithoutTheCExtension() throws {
        let rig = try rig([Assembly.nop, Assembly.jal(0, 8), Assembly.nop, Assembly.nop], compressed: false)
        try step(rig, to: 4)
        try step(rig, to: 12)
    }

    func testNothingIsSteppedWithoutAGuestOrAfterItsEnd() throws {
        let rig = try Rig(Assembly.shutdown())
        checkRefusal(DebuggerError.noGuest.message) { try rig.session.step(1) }
        try rig.session.start()
        check(try rig.session.step(100), .shutdown(0), 16)
        XCTAssertThrowsError(try rig.session.step(1))
    }
}
