import Guest
import RISCV
import XCTest

final class NextPCTests: XCTestCase {
    private struct Refused: Error {}

    private func next(_ bits: UInt32, at pc: UInt64 = 0x1000, _ values: [UInt8: UInt64] = [:]) throws -> UInt64? {
        let instruction = try XCTUnwrap(Instruction(bits))
        return try instruction.nextPC(at: GuestVirtualAddress(pc)) { number in
            guard let value = values[number] else { throw Refused() }
            return value
        }?.value
    }

    func testEachConditionBothWays() throws {
        let minusOne = UInt64.max
        let samples: [(UInt32, UInt8, UInt8, taken: (UInt64, UInt64), not: (UInt64, UInt64), UInt64)] = [
            (0x00b5_0463, 10, 11, (5, 5), (5, 6), 0x1008),  // beq
            (0xfff4_18e3, 8, 31, (5, 6), (5, 5), 0x0ff0),  // bne
            (0x7e20_cfe3, 1, 2, (minusOne, 0), (0, 0), 0x1ffe),  // blt
            (0x81ef_d063, 31, 30, (0, minusOne), (minusOne, 0), 0x0000),  // bge
            (0x7ed6_6f63, 12, 13, (0, minusOne), (minusOne, 0), 0x17fe),  // bltu
            (0x00f7_7a63, 14, 15, (minusOne, 0), (0, minusOne), 0x1014),  // bgeu
        ]
        for (bits, rs1, rs2, taken, not, target) in samples {
            XCTAssertEqual(try next(bits, [rs1: taken.0, rs2: taken.1]), target, hex(bits))
            XCTAssertEqual(try next(bits, [rs1: not.0, rs2: not.1]), 0x1004, hex(bits))
        }
        XCTAssertEqual(try next(0xcd7d, [10: 0]), 0x10fe)  // c.beqz
        XCTAssertEqual(try next(0xcd7d, [10: 1]), 0x1002)
        XCTAssertEqual(try next(0xe7cd, [15: 1]), 0x10aa)  // c.bnez
        XCTAssertEqual(try next(0xe7cd, [15: 0]), 0x1002)
    }

    func testJumps() throws {
        XCTAssertEqual(try next(0x5560_02ef), 0x1556)  // jal t0
        XCTAssertEqual(try next(0xb001), 0x0800)  // c.j
        XCTAssertEqual(try next(0x8003_0067, [6: 0x9001]), 0x8800)  // jr -2048(t1): bit 0 cleared after the addition
        XCTAssertEqual(try next(0x7ff0_0567), 0x7fe)  // jalr a0, 2047(zero): no register is read
        XCTAssertEqual(try next(0x8082, [1: 0x4002]), 0x4002)  // ret
        XCTAssertEqual(try next(0x9282, [5: 0x4003]), 0x4002)  // c.jalr t0
    }

    func testJumpThatLinksIntoItsOwnBaseUsesTheOldValue() throws {
        XCTAssertEqual(try next(0x0000_80e7, [1: 0x8000]), 0x8000)  // jalr ra, 0(ra)
    }

    func testStraightCode() throws {
        for bits in [0x0081_3503, 0x1050_0073, 0x1005_a52f, 0x18b6_252f, 0x0000_100f, 0x1420_2573] as [UInt32] {
            XCTAssertEqual(try next(bits), 0x1004, hex(bits))
        }
        XCTAssertEqual(try next(0x357d), 0x1002)  // c.addiw: c.jal on RV32
        XCTAssertEqual(try next(0x0000_001f), 0x1006)
        XCTAssertEqual(try next(0x0001, at: .max &- 1), 0)
    }

    func testTrapsHaveNoNextPC() throws {
        for bits in [0x73, 0x0010_0073, 0x9002, 0x1020_0073, 0x3020_0073, 0x8002, 0] as [UInt32] {
            XCTAssertNil(try next(bits), hex(bits))
        }
    }

    func testARegisterThatCannotBeReadIsPassedOn() {
        XCTAssertThrowsError(try next(0x8082)) { XCTAssertTrue($0 is Refused) }
        XCTAssertThrowsError(try next(0x00b5_0463, [10: 0])) { XCTAssertTrue($0 is Refused) }
    }

    func testABranchReadsARegisterOnce() throws {
        var reads = 0
        let branch = try XCTUnwrap(Instruction(0x00a5_0463))  // beq a0, a0
        let next = branch.nextPC(at: GuestVirtualAddress(0)) { _ in
            reads += 1
            return 7
        }
        XCTAssertEqual(next, GuestVirtualAddress(8))
        XCTAssertEqual(reads, 1)
    }
}
