import Foundation
import Guest
import XCTest

@testable import Support
@testable import Symbols

final class ELFFileTests: XCTestCase {
    func testGoodFile() throws {
        let file = try ELFFile(path: "good.elf", bytes: goodGuest.bytes())
        XCTAssertEqual(file.entry, GuestVirtualAddress(0xFFFF_FFFF_8000_0000))
        XCTAssertEqual(file.warnings, [])
        XCTAssertEqual(file.segments.map(\.index), [0, 1])
        XCTAssertEqual(Array(file.segments[0].bytes), Array(repeating: 0x13, count: 64))
        XCTAssertEqual(Array(file.segments[1].bytes), Array(1...16))
        XCTAssertEqual(file.segments[1].fileSize, 16)
        XCTAssertEqual(file.segments[1].memorySize, 0x1000)
        XCTAssertTrue(file.segments[0].isExecutable && !file.segments[0].isWritable && file.segments[0].isReadable)
        XCTAssertTrue(!file.segments[1].isExecutable && file.segments[1].isWritable)
        XCTAssertEqual(file.sections.map(\.name), [".text", ".data", ".bss"])
        XCTAssertEqual(file.sections.map(\.hasContents), [true, true, false])
        XCTAssertEqual(file.sections.map(\.isExecutable), [true, false, false])
        XCTAssertEqual(file.sections[2].range.end, GuestVirtualAddress(0xFFFF_FFFF_8010_1000))
    }

    func testSymbolsLeaveOutWhatNamesNoAddress() throws {
        let file = try ELFFile(path: "good.elf", bytes: goodGuest.bytes())
        XCTAssertEqual(file.symbols.symbols.map(\.name), ["start", "label", "counter", "STACK_SIZE"])
        XCTAssertEqual(file.symbols.symbols.map(\.kind), [.function, .untyped, .object, .untyped])
        XCTAssertEqual(file.symbols.symbol(named: "STACK_SIZE")?.isAbsolute, true)
        XCTAssertNil(file.symbols.symbol(named: "extern"))
    }

    func testSegmentAtTheEndOfTheAddressSpace() throws {
        var builder = ELFBuilder()
        builder.segments = [.init(virtual: .max - 7, physical: .max - 7, memorySize: .max)]
        let file = try ELFFile(path: "wrap.elf", bytes: builder.bytes())
        XCTAssertNil(file.symbols.describe(GuestVirtualAddress(4)))
    }

    func testWithoutSectionsAndSymbols() throws {
        let file = try ELFFile(path: "bare.elf", bytes: ELFBuilder().bytes())
        XCTAssertEqual(file.sections.count, 0)
        XCTAssertEqual(file.symbols.symbols, [])
        XCTAssertEqual(file.warnings, [])
        XCTAssertNil(file.symbols.symbol(named: "main"))
        XCTAssertNil(file.symbols.describe(file.entry))
        XCTAssertEqual(file.symbols.names(startingWith: "", limit: 9), [])
    }

    func testDynamicSymbolsStandIn() throws {
        var builder = goodGuest
        builder.symbolType = 11
        let file = try ELFFile(path: "dynamic.elf", bytes: builder.bytes())
        XCTAssertEqual(file.symbols.symbol(named: "start")?.size, 32)
    }

    func testNamesDoNotSteerTheTerminal() throws {
        var builder = goodGuest
        builder.symbols.append(.init(name: "evil\u{1B}[31m\u{9B}x\nß", value: 0x10))
        let file = try ELFFile(path: "evil.elf", bytes: builder.bytes())
        XCTAssertNotNil(file.symbols.symbol(named: "evil?[31m?x?ß"))
    }

    func testReadsFromDisk() throws {
        let path = NSTemporaryDirectory() + "kvmdbg-\(UUID().uuidString).elf"
        try Data(goodGuest.bytes()).write(to: URL(fileURLWithPath: path))
        let file = try ELFFile(path: path)
        // What happens to the file now no longer matters.
        try Data().write(to: URL(fileURLWithPath: path))
        XCTAssertEqual(file.symbols.describe(file.entry + 4), "start+4")
        try FileManager.default.removeItem(atPath: path)
        XCTAssertThrowsError(try ELFFile(path: path)) {
            XCTAssertEqual(
                ($0 as? ELFError)?.message,
                "Cannot open \"\(path)\": No such file or directory (ENOENT). "
                    + "Give the path of an ELF file that you can read.")
        }
    }

    func testHundredThousandSymbols() throws {
        var builder = goodGuest
        builder.symbols = (0..<100_000).map {
            .init(name: "function_number_\($0)", value: 0xFFFF_FFFF_8000_0000 + UInt64($0) * 8, size: 8)
        }
        builder.sections[0].size = 800_000
        builder.sections[0].type = 8
        let bytes = builder.bytes()
        let start = Date()
        let file = try ELFFile(path: "large.elf", bytes: bytes)
        XCTAssertEqual(file.symbols.describe(file.entry + 8 * 77_777 + 4), "function_number_77777+4")
        XCTAssertEqual(file.symbols.symbol(named: "function_number_4711")?.address, file.entry + 8 * 4711)
        XCTAssertEqual(file.symbols.names(startingWith: "function_number_9999", limit: 100).count, 11)
        XCTAssertLessThan(Date().timeIntervalSince(start), 10)
    }
}
