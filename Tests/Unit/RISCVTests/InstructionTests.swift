import RISCV
import XCTest

final class InstructionTests: XCTestCase {
    func testLengths() {
        XCTAssertEqual(Instruction.byteCount(firstHalfword: 0x9002), 2)
        XCTAssertEqual(Instruction.byteCount(firstHalfword: 0x0073), 4)
        XCTAssertEqual(Instruction.byteCount(firstHalfword: 0xffdf), 6)
        XCTAssertEqual(Instruction.byteCount(firstHalfword: 0xffbf), 8)
        XCTAssertEqual(Instruction.byteCount(firstHalfword: 0x007f), 10)
        XCTAssertEqual(Instruction.byteCount(firstHalfword: 0x6fff), 22)
        XCTAssertNil(Instruction.byteCount(firstHalfword: 0xffff))
        XCTAssertNil(Instruction(0xffff_ffff))
    }

    func testTheUpperHalfOfACompressedInstructionIsIgnored() {
        XCTAssertEqual(Instruction(0xabcd_9002), Instruction(0x9002))
    }

    func testEbreaks() {
        XCTAssertEqual(Instruction(0x0010_0073)?.isEbreak, true)
        XCTAssertEqual(Instruction(0xffff_9002)?.isEbreak, true)
        for bits in [0x0000_0073, 0x0010_00f3, 0x9082, 0x8002] as [UInt32] {
            XCTAssertEqual(Instruction(bits)?.isEbreak, false)
        }
    }

    func testBreakpointsFitTheInstruction() throws {
        for length in [2, 4, 6] {
            let bytes = Instruction.breakpoint(byteCount: length)
            XCTAssertEqual(bytes.count, min(length, 4))
            let bits = bytes.reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
            XCTAssertEqual(Instruction(bits)?.isEbreak, true)
        }
    }
}
