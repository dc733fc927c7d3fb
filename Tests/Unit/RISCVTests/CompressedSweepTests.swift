import Guest
import RISCV
import XCTest

@testable import Support

/// All 65,536 halfwords. Counts and sums are LLVM's: its assembler took every halfword, its disassembler (`llvm-objdump
/// -d -M no-aliases`) named mnemonic, register and target. A sum is Σ halfword · register · offset of the class modulo
/// 2⁶⁴, so that no two immediates or registers can be exchanged unseen.
final class CompressedSweepTests: XCTestCase {
    private struct Tally: Equatable {
        var count = 0
        var sum: UInt64 = 0

        mutating func add(_ halfword: UInt16, _ register: UInt8, _ offset: UInt64) {
            count += 1
            sum &+= UInt64(halfword) &* UInt64(register) &* offset
        }
    }

    func testAllHalfwords() {
        let pc = GuestVirtualAddress(0x8020_0000)
        var tallies: [String: Tally] = [:]
        for halfword in UInt16.min ... .max where halfword & 3 != 3 {
            guard let flow = Instruction(UInt32(halfword))?.controlFlow(at: pc) else {
                XCTFail("\(halfword)")
                continue
            }
            let (name, register, offset): (String, UInt8, UInt64) =
                switch flow {
                case .sequential: ("sequential", 0, 0)
                case .jump(let target, 0): ("c.j", 1, target - pc)
                case .branch(.equal, let rs1, 0, let target): ("c.beqz", rs1, target - pc)
                case .branch(.notEqual, let rs1, 0, let target): ("c.bnez", rs1, target - pc)
                case .indirectJump(let rs1, 0, 0): ("c.jr", rs1, 1)
                case .indirectJump(let rs1, 0, 1): ("c.jalr", rs1, 1)
                case .ebreak: ("c.ebreak", 0, 0)
                case .illegal: ("illegal", 0, 0)
                default: ("no compressed form", 0, 0)
                }
            tallies[name, default: Tally()].add(halfword, register, offset)
        }
        XCTAssertEqual(
            tallies,
            [
                "c.j": Tally(count: 2048, sum: 0xffff_ffff_1803_a800),
                "c.beqz": Tally(count: 2048, sum: 0xffff_fffe_5736_0c00),
                "c.bnez": Tally(count: 2048, sum: 0xffff_fffe_4bb6_0c00),
                "c.jr": Tally(count: 31, sum: 0x010c_5be0),
                "c.jalr": Tally(count: 31, sum: 0x012b_5be0),
                "c.ebreak": Tally(count: 1),
                "illegal": Tally(count: 2),
                "sequential": Tally(count: 49152 - 3 * 2048 - 2 * 31 - 3),
            ])
    }

    func testAnyWordIsDecodedAndStepped() {
        var random = Seeded(state: 64)
        for halfword in UInt16.min ... .max {
            let bits = UInt32(halfword) | UInt32.random(in: 0...0xffff, using: &random) << 16
            guard let instruction = Instruction(bits) else {
                XCTAssertEqual(halfword & 0x707f, 0x707f)
                continue
            }
            for pc in [0, 0x8020_0000, .max] as [UInt64] {
                let next = instruction.nextPC(at: GuestVirtualAddress(pc)) { number in
                    XCTAssertTrue((1...31).contains(number))
                    return .max
                }
                if instruction.controlFlow(at: GuestVirtualAddress(pc)) == .sequential {
                    XCTAssertEqual(next?.value, pc &+ UInt64(instruction.byteCount))
                }
            }
        }
    }
}
