import Guest
import RISCV
import XCTest

/// The encodings are the assembler's (clang -march=rv64gc); the offsets are what its disassembler says about them.
final class ControlFlowTests: XCTestCase {
    private let pc = GuestVirtualAddress(0x8020_0000)

    private func flow(_ bits: UInt32) -> ControlFlow? { Instruction(bits)?.controlFlow(at: pc) }

    private func target(_ offset: Int64) -> GuestVirtualAddress { pc + UInt64(bitPattern: offset) }

    func testBranches() {
        let samples: [(UInt32, BranchCondition, UInt8, UInt8, Int64)] = [
            (0x00b5_0463, .equal, 10, 11, 8),
            (0xfff4_18e3, .notEqual, 8, 31, -16),
            (0x7e20_cfe3, .less, 1, 2, 0xffe),
            (0x81ef_d063, .greaterOrEqual, 31, 30, -0x1000),
            (0x7ed6_6f63, .lessUnsigned, 12, 13, 2046),
            (0x00f7_7a63, .greaterOrEqualUnsigned, 14, 15, 20),
            (0xcd7d, .equal, 10, 0, 254),
            (0xd001, .equal, 8, 0, -256),
            (0xe7cd, .notEqual, 15, 0, 0xaa),
            (0xfcf5, .notEqual, 9, 0, -4),
        ]
        for (bits, condition, rs1, rs2, offset) in samples {
            XCTAssertEqual(flow(bits), .branch(condition, rs1: rs1, rs2: rs2, target: target(offset)), hex(bits))
        }
    }

    func testJumps() {
        let samples: [(UInt32, UInt8, Int64)] = [
            (0x7ff7_f0ef, 1, 0x7fffe), (0x8000_006f, 0, -0x100000), (0x5560_02ef, 5, 0x556),
            (0xaffd, 0, 2046), (0xb001, 0, -2048), (0xab99, 0, 0x556),
        ]
        for (bits, link, offset) in samples {
            XCTAssertEqual(flow(bits), .jump(target: target(offset), link: link), hex(bits))
        }
    }

    func testEachBitOfAnOffset() {
        // jal x0 by 2¹, 2², … 2¹⁹; beq x0, x0 by 2¹, 2², … 2¹¹.
        let jumps: [UInt32] = [
            0x0020_006f, 0x0040_006f, 0x0080_006f, 0x0100_006f, 0x0200_006f, 0x0400_006f, 0x0800_006f,
            0x1000_006f, 0x2000_006f, 0x4000_006f, 0x0010_006f, 0x0000_106f, 0x0000_206f, 0x0000_406f,
            0x0000_806f, 0x0001_006f, 0x0002_006f, 0x0004_006f, 0x0008_006f,
        ]
        for (power, bits) in jumps.enumerated() {
            XCTAssertEqual(flow(bits), .jump(target: target(2 << power), link: 0), hex(bits))
        }
        let branches: [UInt32] = [
            0x0000_0163, 0x0000_0263, 0x0000_0463, 0x0000_0863, 0x0200_0063, 0x0400_0063, 0x0800_0063,
            0x1000_0063, 0x2000_0063, 0x4000_0063, 0x0000_00e3,
        ]
        for (power, bits) in branches.enumerated() {
            XCTAssertEqual(flow(bits), .branch(.equal, rs1: 0, rs2: 0, target: target(2 << power)), hex(bits))
        }
    }

    func testIndirectJumps() {
        let samples: [(UInt32, UInt8, Int64, UInt8)] = [
            (0x0000_80e7, 1, 0, 1), (0x8003_0067, 6, -2048, 0), (0x7ff0_0567, 0, 2047, 10),
            (0x8082, 1, 0, 0), (0x8f82, 31, 0, 0), (0x9502, 10, 0, 1), (0x9282, 5, 0, 1),
        ]
        for (bits, rs1, offset, link) in samples {
            XCTAssertEqual(flow(bits), .indirectJump(rs1: rs1, offset: offset, link: link), hex(bits))
        }
    }

    func testTrapsAndReturns() {
        let samples: [(UInt32, ControlFlow)] = [
            (0x0000_0073, .ecall), (0x0010_0073, .ebreak), (0x9002, .ebreak), (0x1020_0073, .sret),
            (0x3020_0073, .mret), (0x1050_0073, .wfi), (0x0000_100f, .fenceI),
            (0x1005_a52f, .loadReserved), (0x1609_3e2f, .loadReserved),
            (0x18b6_252f, .storeConditional), (0x1863_b2af, .storeConditional),
        ]
        for (bits, expected) in samples { XCTAssertEqual(flow(bits), expected, hex(bits)) }
    }

    func testEverythingElseGoesOnBehind() {
        // amoadd.w, amoswap.d, fence, sfence.vma, lui, ld; c.mv, c.add, c.addiw, c.nop, c.ldsp; six and eight bytes.
        let samples: [UInt32] = [
            0x00b6_252f, 0x08b6_352f, 0x0ff0_000f, 0x1200_0073, 0x1234_5537, 0x0081_3503, 0x852e, 0x952e, 0x357d,
            0x0001,
            0x60a2, 0x0000_001f, 0x0000_003f,
        ]
        for bits in samples { XCTAssertEqual(flow(bits), .sequential, hex(bits)) }
    }

    func testReservedEncodingsAmongJumpsAreIllegal() {
        // Zero; c.jr with x0; branches with funct3 2 and 3; jalr with funct3 1.
        for bits in [0x0000_0000, 0x8002, 0x00b5_2463, 0x00b5_3463, 0x0000_90e7] as [UInt32] {
            XCTAssertEqual(flow(bits), .illegal, hex(bits))
        }
    }

    func testCSRAccess() throws {
        let samples: [(UInt32, UInt16, CSRAccess.Operation, CSRAccess.Operand, UInt8, reads: Bool, writes: Bool)] = [
            (0x1005_9573, 0x100, .write, .register(11), 10, true, true),
            (0x1052_9073, 0x105, .write, .register(5), 0, false, true),
            (0x1420_2573, 0x142, .set, .register(0), 10, true, false),
            (0x1045_a573, 0x104, .set, .register(11), 10, true, true),
            (0x1440_3073, 0x144, .clear, .register(0), 0, true, false),
            (0x1800_5073, 0x180, .write, .immediate(0), 0, false, true),
            (0x1001_6073, 0x100, .set, .immediate(2), 0, true, true),
            (0x1000_7573, 0x100, .clear, .immediate(0), 10, true, false),
        ]
        for (bits, csr, operation, operand, destination, reads, writes) in samples {
            guard case .csr(let access) = flow(bits) else {
                XCTFail(hex(bits))
                continue
            }
            XCTAssertEqual(access.csr, csr, hex(bits))
            XCTAssertEqual(access.operation, operation, hex(bits))
            XCTAssertEqual(access.operand, operand, hex(bits))
            XCTAssertEqual(access.destination, destination, hex(bits))
            XCTAssertEqual(access.reads, reads, hex(bits))
            XCTAssertEqual(access.writes, writes, hex(bits))
            let newValue: UInt64 = operation == .write ? 0b0110 : operation == .set ? 0b1110 : 0b1000
            XCTAssertEqual(access.newValue(old: 0b1100, operand: 0b0110), newValue)
        }
    }

    func testTargetsWrapAround() {
        XCTAssertEqual(
            Instruction(0xb001)?.controlFlow(at: GuestVirtualAddress(0)),
            .jump(target: GuestVirtualAddress(0xffff_ffff_ffff_f800), link: 0))
    }
}
