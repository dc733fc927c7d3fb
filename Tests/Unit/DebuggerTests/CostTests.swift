import Guest
import RISCV
import XCTest

@testable import Debugger
@testable import Support

/// Each register is a system call of some 30 µs: what the engine asks for at a stop is counted, so that it does not grow.
final class CostTests: XCTestCase {
    let pieces = [Assembly.addi(5, 5, 1), Assembly.jal(0, -4)]

    private func stopped() throws -> Rig {
        let rig = try Rig(pieces)
        try rig.breakpoint(0)
        check(try rig.session.run(), .breakpoint([1]), 0)
        return rig
    }

    func testAStartReadsTwoRegisters() throws {
        let rig = try Rig(pieces)
        try rig.session.start()
        XCTAssertEqual(rig.hart.takeCalls(), ["get config.isa", "get pc"])
    }

    func testAStopAtABreakpoint() throws {
        let rig = try stopped()
        XCTAssertEqual(
            registers(rig.hart.takeCalls()),
            ["config.isa", "pc", "satp"]  // start, and the arming of the breakpoint
                + ["guestdbg on", "run", "pc", "satp"])
    }

    /// Off the breakpoint, once around the loop, and back.
    func testGoingOnFromABreakpointToTheNextHit() throws {
        let rig = try stopped()
        _ = rig.hart.takeCalls()
        check(try rig.session.resume(), .breakpoint([1]), 0)
        XCTAssertEqual(
            registers(rig.hart.takeCalls()),
            ["t0", "set t0", "set pc"]  // one instruction, done for the guest
                + ["run", "pc", "satp"])  // until the next hit, and which breakpoint it is
    }

    /// The same where the guest has to execute the instruction itself.
    func testGoingOnFromABreakpointAtALoad() throws {
        let rig = try Rig([Assembly.ld(6, 0, 8), Assembly.jal(0, -4)])
        try rig.breakpoint(0)
        check(try rig.session.run(), .breakpoint([1]), 0)
        rig.hart.setX(8, TinyHart.base)
        _ = rig.hart.takeCalls()
        check(try rig.session.resume(), .breakpoint([1]), 0)
        XCTAssertEqual(
            registers(rig.hart.takeCalls()),
            ["stvec", "run", "pc"]  // one instruction, with an eye on the trap handler
                + ["run", "pc", "satp"])  // until the next hit, and which breakpoint it is
    }

    func testGoingOnWithoutABreakpointAtPC() throws {
        let rig = try stopped()
        try rig.session.deleteBreakpoint(1)
        try rig.breakpoint(4)
        _ = rig.hart.takeCalls()
        check(try rig.session.resume(), .breakpoint([2]), 4)
        XCTAssertEqual(registers(rig.hart.takeCalls()), ["run", "pc", "satp"])
    }

    func testABreakpointCostsNothingWhileItIsArmed() throws {
        let rig = try stopped()
        for offset in stride(from: 0x100 as UInt64, to: 0x200, by: 4) { try rig.breakpoint(offset) }
        _ = rig.hart.takeCalls()
        check(try rig.session.resume(), .breakpoint([1]), 0)
        let calls = rig.hart.takeCalls()
        XCTAssertEqual(registers(calls).count, 6)
        XCTAssertLessThanOrEqual(calls.filter { $0.hasPrefix("write") }.count, 4, calls.joined(separator: ", "))
    }

    func testANameOfARegisterIsNoRead() throws {
        let rig = try stopped()
        _ = rig.hart.takeCalls()
        XCTAssertTrue(rig.session.isRegister("a0"))
        XCTAssertFalse(rig.session.isRegister("a99"))
        XCTAssertEqual(rig.hart.takeCalls(), [])
    }

    /// What `count` steps of the loop `pieces`, in which x8 is the RAM's start, cost beside what any number of steps does.
    private func cost(ofSteps count: UInt64, in pieces: [[UInt8]]) throws -> [String] {
        let rig = try Rig(pieces)
        try rig.session.start()
        rig.hart.registers[.stvec] = TinyHart.base + 0x400
        rig.hart.registers[.sie] = 32
        rig.hart.setX(8, TinyHart.base)
        _ = try rig.session.step(8)
        _ = rig.hart.takeCalls()
        _ = try rig.session.step(count)
        let calls = registers(rig.hart.takeCalls())
        XCTAssertEqual(calls.prefix(2), ["sie", "set sie"], "the interrupts are masked once")
        XCTAssertEqual(calls.last, "set sie", "and given back once")
        // Of the first one it is not known whether its page is executable.
        XCTAssertEqual(calls.dropFirst(2).filter { $0 == "stvec" }.count, 0)
        return calls.dropFirst(4).dropLast()
    }

    /// Straight arithmetic and jumps with a fixed target: one run, and not one register.
    func testAStepOfArithmeticIsARun() throws {
        let pieces = [Assembly.addi(5, 5, 1), Assembly.cAddi(6, 1), Assembly.cMv(7, 5), Assembly.cJ(-8)]
        let calls = try cost(ofSteps: 4000, in: pieces)
        XCTAssertEqual(calls.count, 3999)
        XCTAssertEqual(Set(calls), ["run"])
    }

    func testAStepOfALoadOrABranchAlsoReadsPC() throws {
        let pieces = [Assembly.ld(5, 0, 8), Assembly.sd(5, 0x100, 8), Assembly.beq(5, 0, 8), Assembly.bne(8, 0, -12)]
        let calls = try cost(ofSteps: 400, in: pieces)
        XCTAssertEqual(calls, [[String]](repeating: ["run", "pc"], count: 399).flatMap { $0 })
    }

    func testAStepOfAnIndirectJumpAlsoReadsItsRegister() throws {
        let pieces = [Assembly.jalr(0, 8, 4), Assembly.addi(5, 5, 1), Assembly.cJr(8)]
        let calls = try cost(ofSteps: 300, in: pieces)
        XCTAssertEqual(calls.filter { $0 == "run" }.count, 299)
        XCTAssertEqual(calls.filter { $0 == "s0" }.count, 199)
        XCTAssertEqual(calls.filter { $0 == "pc" }.count, 1, "of the first step")
    }

    /// A breakpoint elsewhere costs a step nothing.
    func testStepsUnderABreakpointElsewhere() throws {
        let rig = try Rig([Assembly.addi(5, 5, 1), Assembly.nop, Assembly.jal(0, -8), Assembly.nop])
        try rig.breakpoint(12)
        try rig.session.start()
        _ = try rig.session.step(3)
        _ = rig.hart.takeCalls()
        _ = try rig.session.step(300)
        XCTAssertEqual(registers(rig.hart.takeCalls()).filter { $0 != "run" }, ["pc"])
    }

    /// A condition that is false costs what it reads, and going on.
    func testAConditionThatIsFalse() throws {
        let rig = try Rig(pieces)
        try rig.breakpoint(0)
        try rig.session.setCondition(1, ("$t0 == 99", try Expression(parsing: "$t0 == 99")))
        _ = try rig.session.run()
        let calls = registers(rig.hart.takeCalls())
        XCTAssertEqual(calls.filter { $0 == "t0" }.count, 100)
        XCTAssertLessThanOrEqual(calls.count, 100 * 7 + 10)
    }

    /// The calls that are system calls, registers by their names alone.
    private func registers(_ calls: [String]) -> [String] {
        calls.filter { !$0.hasPrefix("read") && !$0.hasPrefix("write") }
            .map { $0.hasPrefix("get ") ? String($0.dropFirst(4)) : $0 }
    }
}
