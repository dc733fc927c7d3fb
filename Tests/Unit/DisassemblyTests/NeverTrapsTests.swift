import Guest
import RISCV
import XCTest

@testable import Disassembly

/// A step of an instruction that is said never to trap does not watch the trap handler: a wrong word of it lets the guest run
/// away. What libopcodes names an instruction of RV64IMC that computes, branches or jumps is the independent model.
final class NeverTrapsTests: XCTestCase {
    /// Mnemonics, aliases included.
    private static let harmless: Set<String> = [
        "lui", "auipc", "addi", "slti", "sltiu", "xori", "ori", "andi", "slli", "srli", "srai", "addiw", "slliw",
        "srliw",
        "sraiw", "add", "sub", "sll", "slt", "sltu", "xor", "srl", "sra", "or", "and", "addw", "subw", "sllw", "srlw",
        "sraw", "mul", "mulh", "mulhsu", "mulhu", "div", "divu", "rem", "remu", "mulw", "divw", "divuw", "remw",
        "remuw",
        "jal", "jalr", "beq", "bne", "blt", "bge", "bltu", "bgeu",
        // Aliases of these.
        "li", "mv", "nop", "not", "neg", "negw", "sext.w", "seqz", "snez", "sltz", "sgtz", "zext.b", "j", "jr", "ret",
        "beqz", "bnez", "blez", "bgez", "bltz", "bgtz", "bgt", "ble", "bgtu", "bleu",
        // Hints for a code's reader, a store that comes, a spin loop: additions to x0 and the like.
        "ntl.p1", "ntl.pall", "ntl.s1", "ntl.all", "c.nop", "prefetch.i", "prefetch.r", "prefetch.w",
        // Shifts by 0, which are hints.
        "slli64", "srli64", "srai64",
    ]

    private func mnemonic(_ bits: UInt32, _ disassembler: Disassembler) throws -> String {
        let bytes = withUnsafeBytes(of: bits.littleEndian) { Array($0) }
        let text = try disassembler.disassemble(bytes, at: GuestVirtualAddress(0x8000_0000)) { _ in nil }.text
        let name = text.split(separator: " ").first.map(String.init) ?? ""
        // "c." and the name of what it is short for; c.mv and others by their own.
        return name.hasPrefix("c.") && name != "c.nop" ? String(name.dropFirst(2)) : name
    }

    func testAllHalfwords() throws {
        let disassembler = try Disassembler()
        var differences: [String] = []
        for bits in 0...0xFFFF as ClosedRange<UInt32> where bits & 3 != 3 {
            let name = try mnemonic(bits, disassembler)
            let claim = Instruction(bits)?.neverTraps ?? false
            // c.addi16sp of 0 is reserved; libopcodes takes it.
            if claim != (Self.harmless.contains(name) && bits != 0x6101) {
                differences.append("\(hex(bits, digits: 4)) \(name) \(claim)")
            }
        }
        XCTAssertEqual(differences.count, 0, differences.prefix(40).joined(separator: "\n"))
    }

    /// Each major opcode with each funct3 and funct7, and the registers that make a difference somewhere.
    func testAllOpcodesAndFunctions() throws {
        let disassembler = try Disassembler()
        var differences: [String: Int] = [:]
        var claimed = 0
        for opcode in 0..<32 as Range<UInt32> where opcode & 7 != 7 {
            for upper in 0..<1024 as Range<UInt32> {
                for (rd, rs1, rs2) in [(1, 2, 3), (0, 0, 0), (8, 9, 16)]
                    as [(UInt32, UInt32, UInt32)]
                {
                    let (funct3, funct7) = (upper & 7, upper >> 3)
                    let bits = funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode << 2 | 3
                    let name = try mnemonic(bits, disassembler)
                    let claim = Instruction(bits)?.neverTraps ?? false
                    if claim { claimed += 1 }
                    if claim != Self.harmless.contains(name) {
                        differences["\(hex(bits, digits: 8)) \(name) \(claim)", default: 0] += 1
                    }
                }
            }
        }
        XCTAssertEqual(differences.count, 0, differences.keys.sorted().prefix(40).joined(separator: "\n"))
        XCTAssertGreaterThan(claimed, 5_000)
    }
}
