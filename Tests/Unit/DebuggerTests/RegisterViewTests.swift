import Guest
import RISCV
import XCTest

@testable import Debugger
@testable import Support

/// Floating-point and vector registers of a guest, through expressions; and what was shown of registers before.
final class RegisterViewTests: XCTestCase {
    private func started() throws -> Rig {
        let rig = try Rig([Assembly.addi(5, 5, 1), Assembly.jal(0, -4)])
        try rig.session.start()
        _ = rig.hart.takeCalls()
        return rig
    }

    private func value(_ text: String, _ rig: Rig) throws -> String {
        try Expression(parsing: text).evaluate(in: rig.session).formatted { _ in nil }
    }

    func testAFloatingPointRegisterIsWhatItHolds() throws {
        let rig = try started()
        let fa0 = try XCTUnwrap(RegisterTable().register(named: "fa0")?.id)
        rig.hart.registers[fa0] = 0x3FF8_0000_0000_0000
        XCTAssertEqual(try value("$fa0", rig), "1.5")
        XCTAssertEqual(rig.hart.takeCalls(), ["get fa0"])
        rig.hart.registers[fa0] = 0xFFFF_FFFF_3FC0_0000
        XCTAssertEqual(try value("$f10 + 1", rig), "2.5")
        XCTAssertEqual(try value("$fa0.u64 = 1", rig), "1")
        XCTAssertEqual(rig.hart.registers[fa0], 1)
        for (text, bits) in [
            ("$fa0 = 1", 0x3FF0_0000_0000_0000), ("$fa0 = 0.5f", 0xFFFF_FFFF_3F00_0000),
            ("$fa0 *= 2", 0xFFFF_FFFF_3F80_0000),
            ("$fa0 = $fa0 * 2.0", 0x4000_0000_0000_0000), ("$fa0.f32 = 2", 0xFFFF_FFFF_4000_0000),
        ] as [(String, UInt64)] {
            _ = try value(text, rig)
            XCTAssertEqual(rig.hart.registers[fa0], bits, text)
        }
    }

    func testAnIntegerRegisterTakesAnIntegerAndAPointerNoFraction() throws {
        let rig = try started()
        XCTAssertEqual(try value("$a0 = -2.9", rig), "-2")
        XCTAssertEqual(try value("$satp = 2.9", rig), "2")
        XCTAssertThrowsError(try value("$pc = 1.5", rig)) { (error) in
            XCTAssertEqual(
                (error as? ExpressionError)?.message,
                "The register $pc holds an address, not a floating-point number; write a cast, as in `(u64)x`.")
        }
        XCTAssertEqual(rig.hart.pc, TinyHart.base)
    }

    func testPartsOfACSRAreRegisters() throws {
        let rig = try started()
        let fcsr = try XCTUnwrap(RegisterTable().register(named: "fcsr")?.id)
        rig.hart.registers[fcsr] = 0xB5
        XCTAssertEqual(try value("$frm", rig), "5")
        XCTAssertEqual(try value("$fflags", rig), "21")
        XCTAssertEqual(try value("$frm = 2", rig), "2")
        XCTAssertEqual(rig.hart.registers[fcsr], 0x55)
        XCTAssertEqual(try value("$fflags |= 2", rig), "23")
        XCTAssertEqual(rig.hart.registers[fcsr], 0x57)
        XCTAssertEqual(try value("$fflags = 0", rig), "0")
        XCTAssertEqual(rig.hart.registers[fcsr], 0x40)
        let vcsr = try XCTUnwrap(RegisterTable().register(named: "vcsr")?.id)
        XCTAssertEqual(try value("$vxrm = 3", rig), "3")
        XCTAssertEqual(rig.hart.registers[vcsr], 6)
        XCTAssertEqual(try value("$vxsat = 1", rig), "1")
        XCTAssertEqual(try value("$vcsr", rig), "7")
        for (text, sentence) in [
            ("$frm = 8", "The register $frm has 3 bits: it holds 0 to 7."),
            ("$fflags = -1", "The register $fflags has 5 bits: it holds 0 to 31."),
        ] {
            XCTAssertThrowsError(try value(text, rig)) { XCTAssertEqual(($0 as? ExpressionError)?.message, sentence) }
        }
        XCTAssertEqual(rig.hart.registers[fcsr], 0x40)
    }

    func testAVectorRegisterIsDividedAsTheGuestDividesIt() throws {
        let rig = try started()
        rig.hart.registers[.vtype] = 0b010_000  // e32
        XCTAssertEqual(try value("$v1 = {1, 2, 3, 4}", rig), "{1, 2, 3, 4}")
        let v1 = try XCTUnwrap(RegisterTable().register(named: "v1")?.id)
        XCTAssertEqual(rig.hart.wideRegisters[v1], [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0])
        _ = rig.hart.takeCalls()
        XCTAssertEqual(try value("$v1[2]", rig), "3")
        XCTAssertEqual(rig.hart.takeCalls(), ["get vlenb", "get v1", "get vtype"])
        rig.hart.registers[.vtype] = 0b011_000  // e64
        XCTAssertEqual(try value("$v1", rig), "{8589934593, 17179869187}")
        rig.hart.registers[.vtype] = 1 << 63  // not legal
        XCTAssertEqual(try value("$v1[4]", rig), "2 '\\002'")
        rig.hart.registers[.vtype] = 0b111_000  // reserved
        XCTAssertEqual(try value("$v1[0]", rig), "1 '\\001'")
        XCTAssertEqual(try value("$v1.u16[2] = 0x1234", rig), "4660")
        XCTAssertEqual(rig.hart.wideRegisters[v1]?[4..<6], [0x34, 0x12])
    }

    func testTheLengthOfVectorsIsTheVCPUs() throws {
        let rig = try started()
        rig.hart.registers[.vlenb] = 32
        let v1 = try XCTUnwrap(RegisterTable().register(named: "v1")?.id?.resized(toBytes: 32))
        rig.hart.wideRegisters = [v1: [UInt8](repeating: 1, count: 32)]
        XCTAssertEqual(try value("$v1", rig), "{1 <repeats 32 times>}")
        XCTAssertEqual(try value("$v1 = 3", rig), "{3 <repeats 32 times>}")
        rig.hart.registers[.vlenb] = nil
        XCTAssertThrowsError(try value("$v1", rig)) { (error) in
            XCTAssertEqual(
                (error as? ExpressionError)?.message,
                "This vCPU has no vector registers: the host's harts, or its kernel, lack the V extension."
                    + " \"info registers isa\" shows what the vCPU has.")
        }
    }

    func testWhatChangedIsKnownWithoutReading() throws {
        let rig = try started()
        let session = rig.session
        let t0 = try XCTUnwrap(RegisterID.x(5))
        func isChanged() throws -> Bool { session.noteShown("t0", try session.registerBytes(t0)) }
        XCTAssertFalse(try isChanged())
        XCTAssertFalse(try isChanged())
        try rig.breakpoint(4)
        _ = rig.hart.takeCalls()
        _ = try session.resume()
        XCTAssertFalse(rig.hart.takeCalls().contains("get t0"))
        XCTAssertTrue(try isChanged())
        // It is still not what it was at the earlier stop.
        XCTAssertTrue(try isChanged())
        try session.setRegisterValue(t0, 0)
        XCTAssertFalse(try isChanged())
        _ = try session.resume()
        XCTAssertTrue(try isChanged())
        try session.start()
        XCTAssertFalse(try isChanged(), "another guest")
    }
}
