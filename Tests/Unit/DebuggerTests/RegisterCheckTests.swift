import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// Registers that hold what is written to them, and such as do not.
final class RegisterCheckTests: XCTestCase {
    private func started() throws -> Rig {
        let rig = try Rig([Assembly.nop])
        try rig.session.start()
        return rig
    }

    private func id(_ name: String) throws -> RegisterID { try XCTUnwrap(RegisterTable().register(named: name)?.id) }

    private func check(_ name: String, _ rig: Rig) throws -> RegisterCheck {
        try rig.session.checkRegister(try id(name))
    }

    func testOneThatHoldsEveryBitIsRestored() throws {
        let rig = try started()
        for (name, value) in [("t0", 0x1234), ("pc", 0x8000_0000), ("fa0", 1), ("mode", 1)] as [(String, UInt64)] {
            rig.hart.registers[try id(name)] = value
            _ = rig.hart.takeCalls()
            XCTAssertEqual(try check(name, rig), .held, name)
            XCTAssertEqual(rig.hart.registers[try id(name)], value, name)
            XCTAssertEqual(
                rig.hart.takeCalls(), ["get", "set", "set", "get", "set", "get"].map { $0 + " " + name })
        }
        let v1 = try id("v1")
        rig.hart.wideRegisters[v1] = [UInt8](0..<16)
        XCTAssertEqual(try check("v1", rig), .held)
        XCTAssertEqual(rig.hart.wideRegisters[v1], [UInt8](0..<16))
    }

    func testOfASwitchTheOppositeIsSet() throws {
        let rig = try started()
        var written: [UInt64] = []
        rig.hart.onWrite = { (_, value) throws(TargetError) in
            written.append(value)
            return value
        }
        XCTAssertEqual(try check("mode", rig), .held)
        XCTAssertEqual(written, [1, 0, 1])
    }

    func testACSRMayHoldSomeBitsAndAnIntegerRegisterMayNot() throws {
        let rig = try started()
        rig.hart.onWrite = { (_, value) throws(TargetError) in value & 0x222 }
        XCTAssertEqual(try check("sip", rig), .heldInPart)
        XCTAssertEqual(
            try check("t0", rig),
            .broken("was set to 0xffffffffffffffff, and then held 0x0000000000000222."))
    }

    func testOneThatTakesNoOtherValueIsReadOnly() throws {
        let rig = try started()
        rig.hart.onWrite = { (_, value) throws(TargetError) in
            if value != 0 { throw .register("No.") }
            return value
        }
        XCTAssertEqual(try check("timer.frequency", rig), .readOnly("No."))
    }

    func testWhatTheKernelContradictsItselfIn() throws {
        let rig = try started()
        rig.hart.unreadable = [try id("t0")]
        XCTAssertEqual(try check("t0", rig), .broken("is listed, but cannot be read. It is not to be read."))
        rig.hart.unreadable = []
        rig.hart.onWrite = { (_, _) throws(TargetError) in throw .register("No.") }
        XCTAssertEqual(
            try check("t0", rig), .broken("does not take the value that it has, 0x0000000000000000. No."))
        // A refused value is kept all the same.
        let t0 = try id("t0")
        rig.hart.onWrite = { [hart = rig.hart] (id, value) throws(TargetError) in
            if value == 0 { return 0 }
            hart.registers[id] = 7
            throw .register("No.")
        }
        XCTAssertEqual(
            try check("t0", rig), .broken("was 0x0000000000000000 before, and is 0x0000000000000007 afterwards."))
        rig.hart.registers[t0] = 5
        var count = 0
        rig.hart.onWrite = { (_, value) throws(TargetError) in
            count += 1
            if count == 3 { throw .register("No.") }
            return value
        }
        XCTAssertEqual(
            try check("t0", rig), .broken("was 0x0000000000000005, and cannot be set to that again. No."))
    }

    func testTheCounterOfTheGuestsTimeGoesOn() throws {
        let rig = try started()
        rig.hart.onWrite = { (_, value) throws(TargetError) in value &+ 3 }
        XCTAssertEqual(try check("timer.time", rig), .held)
    }
}
