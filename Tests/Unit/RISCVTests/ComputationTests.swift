import Guest
import RISCV
import XCTest

/// The encodings are the assembler's (clang -march=rv64gc), the results those of a hart that executed them with these values in a0,
/// a1, a2 and sp.
final class ComputationTests: XCTestCase {
    private let registers: [UInt8: UInt64] = [
        0: 0, 2: 0x1000, 10: 0x8000_0000_8000_0001, 11: 0x8000_0000_8000_0001, 12: 0xffff_ffff_0000_0021,
    ]

    private let samples: [(bits: UInt32, destination: UInt8, result: UInt64)] = [
        (0x8000_0537, 10, 0xffff_ffff_8000_0000),  // lui a0, 0x80000
        (0xfff5_8513, 10, 0x8000_0000_8000_0000),  // addi a0, a1, -1
        (0xfff5_a513, 10, 0x1),  // slti a0, a1, -1
        (0xfff5_b513, 10, 0x1),  // sltiu a0, a1, -1
        (0xfff5_c513, 10, 0x7fff_ffff_7fff_fffe),  // xori a0, a1, -1
        (0x5555_e513, 10, 0x8000_0000_8000_0555),  // ori a0, a1, 0x555
        (0x8005_f513, 10, 0x8000_0000_8000_0000),  // andi a0, a1, -2048
        (0x03f5_9513, 10, 0x8000_0000_0000_0000),  // slli a0, a1, 63
        (0x03f5_d513, 10, 0x1),  // srli a0, a1, 63
        (0x43f5_d513, 10, 0xffff_ffff_ffff_ffff),  // srai a0, a1, 63
        (0x0015_851b, 10, 0xffff_ffff_8000_0002),  // addiw a0, a1, 1
        (0x01f5_951b, 10, 0xffff_ffff_8000_0000),  // slliw a0, a1, 31
        (0x01f5_d51b, 10, 0x1),  // srliw a0, a1, 31
        (0x41f5_d51b, 10, 0xffff_ffff_ffff_ffff),  // sraiw a0, a1, 31
        (0x00c5_8533, 10, 0x7fff_ffff_8000_0022),  // add a0, a1, a2
        (0x40c5_8533, 10, 0x8000_0001_7fff_ffe0),  // sub a0, a1, a2
        (0x00c5_9533, 10, 0x0002_0000_0000),  // sll a0, a1, a2
        (0x00c5_a533, 10, 0x1),  // slt a0, a1, a2
        (0x00c5_b533, 10, 0x1),  // sltu a0, a1, a2
        (0x00c5_c533, 10, 0x7fff_ffff_8000_0020),  // xor a0, a1, a2
        (0x00c5_d533, 10, 0x4000_0000),  // srl a0, a1, a2
        (0x40c5_d533, 10, 0xffff_ffff_c000_0000),  // sra a0, a1, a2
        (0x00c5_e533, 10, 0xffff_ffff_8000_0021),  // or a0, a1, a2
        (0x00c5_f533, 10, 0x8000_0000_0000_0001),  // and a0, a1, a2
        (0x00c5_853b, 10, 0xffff_ffff_8000_0022),  // addw a0, a1, a2
        (0x40c5_853b, 10, 0x7fff_ffe0),  // subw a0, a1, a2
        (0x00c5_953b, 10, 0x2),  // sllw a0, a1, a2
        (0x00c5_d53b, 10, 0x4000_0000),  // srlw a0, a1, a2
        (0x40c5_d53b, 10, 0xffff_ffff_c000_0000),  // sraw a0, a1, a2
        (0x1fe8, 10, 0x13fc),  // c.addi4spn a0, sp, 1020
        (0x48, 10, 0x1004),  // c.addi4spn a0, sp, 4
        (0x1501, 10, 0x8000_0000_7fff_ffe1),  // c.addi a0, -32
        (0x1, 0, 0),  // c.nop
        (0x257d, 10, 0xffff_ffff_8000_0020),  // c.addiw a0, 31
        (0x5501, 10, 0xffff_ffff_ffff_ffe0),  // c.li a0, -32
        (0x7101, 2, 0xe00),  // c.addi16sp sp, -512
        (0x617d, 2, 0x11f0),  // c.addi16sp sp, 496
        (0x7501, 10, 0xffff_ffff_fffe_0000),  // c.lui a0, 0xfffe0
        (0x657d, 10, 0x0001_f000),  // c.lui a0, 0x1f
        (0x917d, 10, 0x1),  // c.srli a0, 63
        (0x9501, 10, 0xffff_ffff_8000_0000),  // c.srai a0, 32
        (0x9901, 10, 0x8000_0000_8000_0000),  // c.andi a0, -32
        (0x8d11, 10, 0x8000_0001_7fff_ffe0),  // c.sub a0, a2
        (0x8d31, 10, 0x7fff_ffff_8000_0020),  // c.xor a0, a2
        (0x8d51, 10, 0xffff_ffff_8000_0021),  // c.or a0, a2
        (0x8d71, 10, 0x8000_0000_0000_0001),  // c.and a0, a2
        (0x9d11, 10, 0x7fff_ffe0),  // c.subw a0, a2
        (0x9d31, 10, 0xffff_ffff_8000_0022),  // c.addw a0, a2
        (0x1506, 10, 0x0002_0000_0000),  // c.slli a0, 33
        (0x8532, 10, 0xffff_ffff_0000_0021),  // c.mv a0, a2
        (0x9532, 10, 0x7fff_ffff_8000_0022),  // c.add a0, a2
    ]

    private func computed(_ bits: UInt32, at pc: UInt64 = 0x8000_0000) -> (UInt8, UInt64)? {
        guard let computation = Instruction(bits)?.computation(at: GuestVirtualAddress(pc)) else { return nil }
        func value(_ operand: Computation.Operand) -> UInt64 {
            switch operand {
            case .register(let number): registers[number] ?? 0xdead
            case .value(let value): value
            }
        }
        return (computation.destination, computation.result(value(computation.left), value(computation.right)))
    }

    func testEachIsWhatAHartMakesOfIt() {
        for (bits, destination, result) in samples {
            guard let computed = computed(bits) else {
                XCTFail(hex(bits))
                continue
            }
            XCTAssertEqual(computed.0, destination, hex(bits))
            if destination != 0 { XCTAssertEqual(computed.1, result, hex(bits)) }
        }
    }

    func testPCIsAnOperand() {
        XCTAssertEqual(computed(0x8000_0597, at: 0x8000_0004)?.1, 0x0000_0000_0000_0004)  // auipc a1, 0x80000
        XCTAssertEqual(computed(0x0000_1597, at: 0xffff_ffff_ffff_f002)?.1, 0x0000_0000_0000_0002)  // auipc a1, 1
    }

    func testWhatIsNoArithmeticIsLeftToTheHart() {
        let others: [UInt32] = [
            0x02c5_8533, 0x0005_b503, 0x8502, 0x4188, 0x9002, 0x0000, 0x1020_0073, 0x0000_1017,
            0x0015_9513 | 0x8000_0000, 0x02c5_853b, 0x6501, 0x9d51, 0x2001, 0x0000_000f, 0x0000_006f, 0xa001, 0xc101,
        ]
        for bits in others { XCTAssertNil(computed(bits), hex(bits)) }
    }

    func testNothingTrapsOrChangesMoreThanOneRegister() {
        // All that is taken for arithmetic is also known to go on behind itself.
        let pc = GuestVirtualAddress(0x8020_0000)
        for halfword in UInt16.min ... .max {
            guard let instruction = Instruction(UInt32(halfword)), instruction.byteCount == 2,
                instruction.computation(at: pc) != nil
            else { continue }
            XCTAssertEqual(instruction.controlFlow(at: pc), .sequential, hex(UInt32(halfword)))
            XCTAssertTrue(instruction.neverTraps, hex(UInt32(halfword)))
        }
    }
}
