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

    /// The calls that are system calls, registers by their names alone.
    private func registers(_ calls: [String]) -> [String] {
        calls.filter { !$0.hasPrefix("read") && !$0.hasPrefix("write") }
            .map { $0.hasPrefix("get ") ? String($0.dropFirst(4)) : $0 }
    }
}
