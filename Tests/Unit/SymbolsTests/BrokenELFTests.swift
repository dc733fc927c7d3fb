import Foundation
import Guest
import XCTest

@testable import Support
@testable import Symbols

/// Each kind of broken file, what refuses it, and what the sentence must say.
private struct Broken {
    var name: String
    var bytes: [UInt8]
    var words: [String]

    init(_ name: String, _ words: String..., change: (inout ELFBuilder) -> Void) {
        var builder = goodGuest
        change(&builder)
        self.init(name, bytes: builder.bytes(), words: words)
    }

    init(_ name: String, bytes: [UInt8], words: [String]) {
        self.name = name
        self.bytes = bytes
        self.words = words
    }
}

final class BrokenELFTests: XCTestCase {
    private func good(_ count: Int) -> [UInt8] { Array(goodGuest.bytes().prefix(count)) }

    private var refused: [Broken] {
        [
            Broken("empty", bytes: [], words: ["not an ELF file", "empty"]),
            Broken("text", bytes: Array("hello, world".utf8), words: ["not an ELF file"]),
            Broken("script", bytes: Array("#!/bin/sh\n".utf8), words: ["not an ELF file", "a script"]),
            Broken("gzip", bytes: [0x1F, 0x8B, 8, 0], words: ["not an ELF file", "gzip"]),
            Broken("zstd", bytes: [0x28, 0xB5, 0x2F, 0xFD], words: ["zstd"]),
            Broken("archive", bytes: Array("!<arch>\nmember".utf8), words: ["an archive"]),
            Broken("magic alone", bytes: good(4), words: ["cut short", "the ELF header", "has 4"]),
            Broken(
                "identity alone", bytes: good(16), words: ["cut short", "the ELF header reaches to byte 64", "has 16"]),
            Broken("half a header", bytes: good(63), words: ["cut short", "has 63"]),
            Broken("no program headers", bytes: good(64), words: ["cut short", "program header table", "176"]),
            Broken("half a program header", bytes: good(150), words: ["cut short", "program header table"]),
            Broken("half a segment", bytes: good(200), words: ["cut short", "the content of program header 0"]),
            Broken("magic", "not an ELF file") { $0.magic = [0x7F, 0x45, 0x4C, 0x47] },
            Broken("32-bit", "32-bit", "rv64") { $0.fileClass = 1 },
            Broken("no class", "class 0") { $0.fileClass = 0 },
            Broken("class 9", "class 9") { $0.fileClass = 9 },
            Broken("big-endian", "big-endian") { $0.byteOrder = 2 },
            Broken("byte order 7", "unknown (7)") { $0.byteOrder = 7 },
            Broken("x86-64", "for x86-64, not for RISC-V") { $0.machine = 62 },
            Broken("arm64", "AArch64") { $0.machine = 183 },
            Broken("loongarch", "LoongArch") { $0.machine = 258 },
            Broken("machine 9999", "9999") { $0.machine = 9999 },
            Broken("relocatable", "a relocatable object file", "Link it") { $0.type = 1 },
            Broken("shared", "a shared library or a position-independent executable", "-no-pie") { $0.type = 3 },
            Broken("core", "a core dump") { $0.type = 4 },
            Broken("type 0", "type 0") { $0.type = 0 },
            Broken("type 0xFEED", "type 65261") { $0.type = 0xFEED },
            Broken("no segments", "PT_LOAD") { $0.segments = [] },
            Broken("only notes", "PT_LOAD") { $0.segments = [.init(type: 4), .init(type: 2)] },
            Broken("empty segment", "PT_LOAD") { $0.segments = [.init(content: [])] },
            Broken("file larger than memory", "64 bytes", "16 bytes", "p_filesz > p_memsz", "header 0") {
                $0.segments[0].memorySize = 16
            },
            Broken("content behind the end", "cut short", "header 1") { $0.segments[1].offset = 1 << 40 },
            Broken("content wraps around", "cut short", "header 1") { $0.segments[1].offset = .max - 3 },
            Broken("content is endless", "cut short", "header 1") {
                $0.segments[1].fileSize = .max
                $0.segments[1].memorySize = .max
            },
            Broken("table behind the end", "cut short", "program header table") { $0.headerOffset = 1 << 30 },
            Broken("table wraps around", "cut short", "program header table") { $0.headerOffset = .max - 8 },
            Broken("too many program headers", "more than 65534") { $0.headerCount = 0xFFFF },
            Broken("more program headers than file", "cut short") { $0.headerCount = 0xFFFE },
            Broken("program headers of 32 bytes", "32 bytes instead of 56") { $0.headerSize = 32 },
            Broken("program headers of 0 bytes", "0 bytes instead of 56") { $0.headerSize = 0 },
        ]
    }

    func testRefusedWithASentence() {
        XCTAssertGreaterThanOrEqual(refused.count, 30)
        for broken in refused {
            do {
                _ = try ELFFile(path: "guest.elf", bytes: broken.bytes)
                XCTFail("\(broken.name): accepted")
            } catch {
                let message = error.message
                XCTAssertTrue(message.hasPrefix("Cannot load \"guest.elf\" as a guest: "), "\(broken.name): \(message)")
                XCTAssertTrue(message.hasSuffix("."), "\(broken.name): \(message)")
                for word in broken.words { XCTAssertTrue(message.contains(word), "\(broken.name): \(message)") }
            }
        }
    }

    func testDamagedTablesOnlyWarn() throws {
        let damaged: [Broken] = [
            Broken("section table behind the end", "beyond the end of the file") { $0.sectionOffset = 1 << 40 },
            Broken("section table wraps around", "beyond the end of the file") { $0.sectionOffset = .max - 63 },
            Broken("65535 sections", "beyond the end of the file") { $0.sectionCount = 0xFFFF },
            Broken("no section count", "makes no sense") { $0.sectionCount = 0 },
            Broken("sections of 1 byte", "makes no sense") { $0.sectionSize = 1 },
            Broken("names elsewhere", "section names") { $0.sectionNames = 200 },
            Broken("names in .text", "section names") { $0.sectionNames = 1 },
            Broken("symbols behind the end", "symbol table") { $0.spoilSymbols = { $0.offset = 1 << 50 } },
            Broken("endless symbols", "symbol table") { $0.spoilSymbols = { $0.size = .max } },
            Broken("half a symbol", "symbol table") { $0.spoilSymbols = { $0.size = 25 } },
            Broken("symbol names nowhere", "symbol table") { $0.symbolLink = 999 },
            Broken("symbol names in .text", "symbol table") { $0.symbolLink = 1 },
        ]
        for broken in damaged {
            let file = try ELFFile(path: "guest.elf", bytes: broken.bytes)
            XCTAssertEqual(file.segments.count, 2, broken.name)
            XCTAssertEqual(file.warnings.count, 1, "\(broken.name): \(file.warnings)")
            for word in broken.words { XCTAssertTrue(file.warnings.joined().contains(word), "\(file.warnings)") }
            _ = file.symbols.describe(file.entry)
        }
    }

    func testDamagedNames() throws {
        var builder = goodGuest
        builder.symbolNames = Array("without an end".utf8)
        let file = try ELFFile(path: "guest.elf", bytes: builder.bytes())
        XCTAssertEqual(file.symbols.symbols, [])
    }

    /// Ten thousand symbols that all share one name of 64 KiB, ended or not, must take neither much memory nor long.
    func testSharedEndlessName() throws {
        var builder = goodGuest
        builder.symbols = (0..<10_000).map { .init(name: "x", value: UInt64($0)) }
        for (ending, most) in [([UInt8(0)], 20), ([], 0)] {
            builder.symbolNames = Array(repeating: UInt8(ascii: "a"), count: 1 << 16) + ending
            let start = Date()
            let file = try ELFFile(path: "guest.elf", bytes: builder.bytes())
            XCTAssertLessThanOrEqual(file.symbols.symbols.count, most)
            XCTAssertLessThan(Date().timeIntervalSince(start), 5)
        }
    }

    /// Truncations and flipped bytes of a good file, from a fixed seed: anything may come out but a crash.
    /// KVMDBG_FUZZ_FILE, KVMDBG_FUZZ_ROUNDS and KVMDBG_FUZZ_SEED make it another file, longer, and different.
    func testNeverCrashes() throws {
        let environment = ProcessInfo.processInfo.environment
        let file = environment["KVMDBG_FUZZ_FILE"]
        let good = try file.map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) } ?? goodGuest.bytes()
        let count = Int(environment["KVMDBG_FUZZ_ROUNDS"] ?? "") ?? 3000
        var random = Random(seed: UInt64(environment["KVMDBG_FUZZ_SEED"] ?? "") ?? 1)
        var accepted = 0
        for _ in 0..<count {
            var bytes = good
            if random.below(3) == 0 { bytes.removeLast(random.below(bytes.count)) }
            for _ in 0..<random.below(8) where !bytes.isEmpty {
                let value = [0, 1, 0x7F, 0x80, 0xFF, UInt8(random.below(256))][random.below(6)]
                // Most flips go where the headers are.
                let table = max(1, bytes.count - 64 * 8)
                let area = [64, 176, bytes.count, 0][random.below(4)]
                let place = area == 0 ? table + random.below(64 * 8) : random.below(area)
                if place < bytes.count { bytes[place] = value }
            }
            do {
                let file = try ELFFile(path: "fuzz.elf", bytes: bytes)
                accepted += 1
                _ = file.symbols.describe(file.entry)
                _ = file.symbols.names(startingWith: "s", limit: 5)
                for symbol in file.symbols.symbols { _ = file.symbols.describe(symbol.address + 3) }
            } catch {
                XCTAssertFalse(error.message.isEmpty)
            }
        }
        XCTAssertGreaterThan(accepted, count / 10)
        XCTAssertLessThan(accepted, count * 9 / 10)
    }
}

/// SplitMix64.
struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(limit))
    }
}
