import Guest
import XCTest

@testable import Disassembly

/// Which instructions are understood follows the extensions that are set.
final class ExtensionTests: XCTestCase {
    private let shiftAdd: UInt32 = 0x20C5_A533
    private let vectorAdd: UInt32 = 0x0221_80D7
    private let doubleAdd: UInt32 = 0x02C5_F553

    private func text(_ encoding: UInt32, _ disassembler: Disassembler, at address: UInt64) throws -> String {
        let bytes = withUnsafeBytes(of: encoding.littleEndian) { Array($0) }
        return try disassembler.disassemble(bytes, at: GuestVirtualAddress(address)) { _ in nil }.text
    }

    func testDefaultIsRV64GC() throws {
        let disassembler = try Disassembler()
        XCTAssertEqual(try text(shiftAdd, disassembler, at: 0), ".4byte  0x20c5a533")
        XCTAssertEqual(try text(vectorAdd, disassembler, at: 4), ".4byte  0x022180d7")
        XCTAssertEqual(try text(doubleAdd, disassembler, at: 8), "fadd.d  fa0,fa1,fa2")
    }

    func testExtensionsAreUnderstoodAndForgotten() throws {
        let disassembler = try Disassembler()
        try disassembler.setExtensions("rv64imafdcv_zba")
        XCTAssertEqual(try text(shiftAdd, disassembler, at: 0), "sh1add  a0,a1,a2")
        XCTAssertEqual(try text(vectorAdd, disassembler, at: 4), "vadd.vv v1,v2,v3")
        // Out of order, which has libopcodes begin anew.
        XCTAssertEqual(try text(shiftAdd, disassembler, at: 0x100), "sh1add  a0,a1,a2")
        try disassembler.setExtensions("rv64imac")
        XCTAssertEqual(try text(shiftAdd, disassembler, at: 0), ".4byte  0x20c5a533")
        XCTAssertEqual(try text(doubleAdd, disassembler, at: 4), ".4byte  0x02c5f553")
        XCTAssertEqual(try text(0x4505, disassembler, at: 8), "li      a0,1")
    }

    func testUnknownNamesHaveNoEffectAndSayNothing() throws {
        let disassembler = try Disassembler()
        try disassembler.setExtensions("rv64imafdch_zba_znonesuch_sstc_ssaia_svnapot")
        XCTAssertEqual(try text(shiftAdd, disassembler, at: 0), "sh1add  a0,a1,a2")
    }

    func testTooLongATextIsRefused() throws {
        let isa = "rv64i" + String(repeating: "_zba", count: 300)
        XCTAssertThrowsError(try Disassembler().setExtensions(isa)) {
            XCTAssertEqual($0 as? DisassemblyError, .extensions(isa))
        }
    }

    func testTwoDisassemblersDoNotDisturbEachOtherAfterAJump() throws {
        let first = try Disassembler()
        try first.setExtensions("rv64imafdc_zba")
        let second = try Disassembler()
        XCTAssertEqual(try text(shiftAdd, second, at: 0x40), ".4byte  0x20c5a533")
        XCTAssertEqual(try text(shiftAdd, first, at: 0x80), "sh1add  a0,a1,a2")
    }
}
