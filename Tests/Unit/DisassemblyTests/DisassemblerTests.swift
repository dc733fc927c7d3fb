import Guest
import XCTest

@testable import Disassembly

/// The encodings are those that clang assembles; the texts are those of `objdump -d` of binutils 2.40 and 2.44, with
/// spaces for the tab and 0x before addresses. (2.40 calls `addi` `add` where an alias could stand: not tested here.)
final class DisassemblerTests: XCTestCase {
    private let base = GuestVirtualAddress(0x8000_0000)

    private func bytes(_ encoding: UInt32) -> [UInt8] {
        withUnsafeBytes(of: encoding.littleEndian) { Array($0) }
    }

    private func symbol(_ address: GuestVirtualAddress) -> String? {
        switch address.value {
        case 0x8000_0000: "main"
        case 0x8000_0001..<0x8000_0090: "main+\(address.value - 0x8000_0000)"
        case 0x8000_0090: "func"
        default: nil
        }
    }

    private func text(_ encoding: UInt32, at offset: UInt64 = 0) throws -> String {
        try Disassembler().disassemble(bytes(encoding), at: base + offset, symbolize: symbol).text
    }

    func testTexts() throws {
        let expected: [(offset: UInt64, encoding: UInt32, text: String)] = [
            (0x00, 0x0000_9002, "ebreak"),
            (0x02, 0x0010_0073, "ebreak"),
            (0x08, 0x0000_E406, "sd      ra,8(sp)"),
            (0x0E, 0x0011_3423, "sd      ra,8(sp)"),
            (0x12, 0x00B5_1463, "bne     a0,a1,0x8000001a <main+26>"),
            (0x16, 0x07A0_006F, "j       0x80000090 <func>"),
            (0x1A, 0xFE05_1CE3, "bnez    a0,0x80000012 <main+18>"),
            (0x1E, 0xFE3F_F06F, "j       0x80000000 <main>"),
            (0x22, 0x06E0_00EF, "jal     0x80000090 <func>"),
            (0x26, 0x0007_80E7, "jalr    a5"),
            (0x2A, 0x0000_8067, "ret"),
            (0x2E, 0x0000_D175, "beqz    a0,0x80000012 <main+18>"),
            (0x30, 0x0000_B7CD, "j       0x80000012 <main+18>"),
            (0x32, 0x1420_2573, "csrr    a0,scause"),
            (0x36, 0x1055_1073, "csrw    stvec,a0"),
            (0x3A, 0x1405_1573, "csrrw   a0,sscratch,a0"),
            (0x3E, 0x7C00_2573, "csrr    a0,0x7c0"),
            (0x42, 0x0000_0073, "ecall"),
            (0x46, 0x1020_0073, "sret"),
            (0x4A, 0x1050_0073, "wfi"),
            (0x4E, 0x1200_0073, "sfence.vma"),
            (0x52, 0x0000_100F, "fence.i"),
            (0x56, 0x0330_000F, "fence   rw,rw"),
            (0x5A, 0x02C5_F553, "fadd.d  fa0,fa1,fa2"),
            (0x5E, 0xC205_1553, "fcvt.w.d a0,fa0,rtz"),
            (0x62, 0x0005_2507, "flw     fa0,0(a0)"),
            (0x66, 0x1005_A52F, "lr.w    a0,(a1)"),
            (0x6A, 0x1EB6_352F, "sc.d.aqrl a0,a1,(a2)"),
            (0x6E, 0x00B6_252F, "amoadd.w a0,a1,(a2)"),
            (0x78, 0x8000_07B7, "lui     a5,0x80000"),
            (0x80, 0x0000_557D, "li      a0,-1"),
            (0x82, 0x0000_0001, "nop"),
            (0x8E, 0x0000_8082, "ret"),
        ]
        for (offset, encoding, text) in expected {
            XCTAssertEqual(try self.text(encoding, at: offset), text, hex(encoding))
        }
    }

    func testWhatIsNoInstruction() throws {
        XCTAssertEqual(try text(0x0000_0000), "unimp")
        XCTAssertEqual(try text(0xC000_1073), "unimp")
        XCTAssertEqual(try text(0x0000_006B), ".4byte  0x0000006b")
        XCTAssertEqual(try text(0xFFFF_FFFB), ".4byte  0xfffffffb")
        XCTAssertEqual(try text(0xFFFF_8000 | 0x1C), ".2byte  0x801c")
        // Reserved for instructions of 48, 64, 80 to 176 and more bits.
        XCTAssertEqual(try text(0x0000_001F), ".4byte  0x0000001f")
        XCTAssertEqual(try text(0x0000_003F), ".4byte  0x0000003f")
        XCTAssertEqual(try text(0x0000_007F), ".4byte  0x0000007f")
        XCTAssertEqual(try text(0xFFFF_FFFF), ".4byte  0xffffffff")
    }

    func testLengths() throws {
        let disassembler = try Disassembler()
        XCTAssertEqual(try disassembler.disassemble([0x02, 0x90], at: base, symbolize: symbol).length, 2)
        XCTAssertEqual(try disassembler.disassemble([0x02, 0x90, 1, 2, 3], at: base, symbolize: symbol).length, 2)
        XCTAssertEqual(try disassembler.disassemble([0x73, 0, 0x10, 0], at: base, symbolize: symbol).length, 4)
        XCTAssertEqual(try disassembler.disassemble([0x1F, 0, 0, 0], at: base, symbolize: symbol).length, 4)
    }

    func testBytesThatEnd() throws {
        let disassembler = try Disassembler()
        for (bytes, needed) in [([], 2), ([0x02], 2), ([0x73], 4), ([0x73, 0, 0x10], 4)] as [([UInt8], Int)] {
            XCTAssertThrowsError(try disassembler.disassemble(bytes, at: base, symbolize: symbol)) {
                XCTAssertEqual(
                    $0 as? DisassemblyError, .truncated(at: base, needed: needed, given: bytes.count))
            }
        }
        XCTAssertEqual(
            DisassemblyError.truncated(at: base, needed: 4, given: 3).message,
            "Cannot disassemble at 0x80000000: the instruction has 4 bytes, and the memory that could be read ends "
                + "after 3. Begin at an address with more memory behind it.")
    }

    func testTokens() throws {
        let branch = try Disassembler().disassemble(bytes(0x00B5_1463), at: base + 0x12, symbolize: symbol)
        XCTAssertEqual(
            branch.tokens.filter { $0.style != .text },
            [
                .init("bne", .mnemonic), .init("a0", .register), .init("a1", .register),
                .init("0x8000001a", .address), .init("main+26", .symbol),
            ])
        let load = try Disassembler().disassemble(bytes(0x0011_3423), at: base, symbolize: symbol)
        XCTAssertTrue(load.tokens.contains(.init("8", .addressOffset)), "\(load.tokens)")
        let data = try Disassembler().disassemble(bytes(0xFFFF_FFFB), at: base, symbolize: symbol)
        XCTAssertEqual(data.tokens.first, .init(".4byte", .directive))
        XCTAssertEqual(data.tokens.last, .init("0xfffffffb", .immediate))
    }

    func testPairsMakeAnAddress() throws {
        let disassembler = try Disassembler()
        func text(_ encoding: UInt32, at offset: UInt64) throws -> String {
            try disassembler.disassemble(bytes(encoding), at: base + offset, symbolize: symbol).text
        }
        // auipc a0,0x0; ld a1,0x18(a0)
        XCTAssertEqual(try text(0x0000_0517, at: 0x78), "auipc   a0,0x0")
        XCTAssertEqual(try text(0x0185_3583, at: 0x7C), "ld      a1,24(a0) # 0x80000090 <func>")
        // Elsewhere a0 may hold anything.
        XCTAssertEqual(try text(0x0000_0517, at: 0x78), "auipc   a0,0x0")
        XCTAssertEqual(try text(0x0185_3583, at: 0x40), "ld      a1,24(a0)")
    }

    func testAddressesWrapAround() throws {
        let last = GuestVirtualAddress(.max - 1)
        let jump = try Disassembler().disassemble(bytes(0x07A0_006F), at: last, symbolize: { _ in nil })
        XCTAssertEqual(jump.text, "j       0x78")
    }

    /// Random bits, from a fixed seed, give text in the one form.
    func testAnyBits() throws {
        let disassembler = try Disassembler()
        var state: UInt64 = 42
        for round in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let encoding = UInt32(truncatingIfNeeded: state >> 32)
            let instruction = try disassembler.disassemble(
                bytes(encoding), at: base + UInt64(round % 8) * 4, symbolize: symbol)
            XCTAssertEqual(instruction.length, encoding & 3 == 3 ? 4 : 2)
            let text = instruction.text
            XCTAssertFalse(text.isEmpty || text.hasSuffix(" ") || text.hasPrefix(" "), "\(hex(encoding)): '\(text)'")
            XCTAssertFalse(text.utf8.contains { $0 < 0x20 || $0 > 0x7E }, "\(hex(encoding)): '\(text)'")
        }
    }
}
