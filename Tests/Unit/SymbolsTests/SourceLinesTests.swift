import Foundation
import Guest
import XCTest

@testable import Support
@testable import Symbols

final class SourceLinesTests: XCTestCase {
    private let base: UInt64 = 0x8000_0000

    private func row(_ offset: UInt64, _ line: Int, file: UInt8 = 1, isStatement: Bool = true) -> DWARFBuilder.Row {
        .init(address: base + offset, file: file, line: line, isStatement: isStatement)
    }

    private func guest(_ rows: [DWARFBuilder.Row], end: UInt64 = 64, change: (inout DWARFBuilder) -> Void = { _ in })
        -> [UInt8]
    {
        var dwarf = DWARFBuilder(files: ["src/a.c", "/usr/include/b.h"], folder: "/home", rows: rows, end: base + end)
        change(&dwarf)
        return guestProgram([Array(repeating: 0x13, count: 64)], functions: [("main", base, 64)], lines: dwarf)
    }

    private func lines(_ bytes: [UInt8]) throws -> SourceLines { try ELFFile(path: "guest.elf", bytes: bytes).lines }

    private func text(_ lines: SourceLines, _ offset: UInt64) -> String? {
        lines.line(at: GuestVirtualAddress(base + offset)).map {
            "\($0.description) \($0.range.start.value - base)+\($0.range.size)"
        }
    }

    func testLineOfAnAddress() throws {
        let lines = try lines(
            guest([
                row(0, 3), row(4, 4), row(8, 4), row(12, 0), row(16, 9, file: 2), row(20, 7), row(20, 8),
                row(24, 5), row(24, 6, isStatement: false), row(28, 6, isStatement: false),
            ]))
        XCTAssertFalse(lines.isEmpty)
        XCTAssertEqual(text(lines, 0), "src/a.c:3 0+4")
        XCTAssertEqual(text(lines, 3), "src/a.c:3 0+4")
        XCTAssertEqual(text(lines, 4), "src/a.c:4 4+8")
        XCTAssertEqual(text(lines, 10), "src/a.c:4 4+8")
        XCTAssertNil(text(lines, 12))
        XCTAssertEqual(text(lines, 16), "/usr/include/b.h:9 16+4")
        XCTAssertEqual(text(lines, 20), "src/a.c:8 20+4", "the last of those at one address")
        XCTAssertEqual(text(lines, 24), "src/a.c:5 24+4", "what begins a statement comes first")
        XCTAssertEqual(text(lines, 63), "src/a.c:6 28+36")
        XCTAssertNil(text(lines, 64))
        XCTAssertNil(lines.line(at: GuestVirtualAddress(base - 1)))
    }

    func testPlaceOfALine() throws {
        let lines = try lines(guest([row(0, 9), row(4, 4), row(8, 9), row(16, 9, file: 2), row(20, 7), row(20, 8)]))
        func place(_ number: Int, _ name: String) -> String? {
            lines.place(ofLine: number, in: name).map { "\($0.file.name):\($0.number) \($0.address.value - base)" }
        }
        XCTAssertEqual(place(4, "a.c"), "src/a.c:4 4")
        XCTAssertEqual(place(5, "src/a.c"), "src/a.c:7 20")
        XCTAssertEqual(place(1, "/home/src/a.c"), "src/a.c:4 4")
        XCTAssertEqual(place(8, "a.c"), "src/a.c:8 20")
        XCTAssertEqual(place(9, "a.c"), "src/a.c:9 0", "the lowest address of several")
        XCTAssertEqual(place(2, "b.h"), "/usr/include/b.h:9 16")
        for (number, name) in [(10, "a.c"), (1, "c.c"), (1, ""), (1, ".c"), (1, "/src/a.c"), (1, "rc/a.c")] {
            XCTAssertNil(place(number, name), name)
        }
        XCTAssertEqual(lines.file(called: "a.c")?.path, "/home/src/a.c")
        XCTAssertNil(lines.file(called: "c.c"))
    }

    func testUnitThatDoesNotSayWhereItsCodeIs() throws {
        let lines = try lines(guest([row(0, 3), row(4, 4)]) { $0.hasRange = false })
        XCTAssertEqual(text(lines, 4), "src/a.c:4 4+60")
    }

    /// The linker leaves the lines of functions that it left out, at addresses where nothing is.
    func testCodeThatWasLeftOut() throws {
        let lines = try lines(
            guest([.init(address: 0, file: 1, line: 7), .init(address: 8, file: 1, line: 9)], end: 64))
        XCTAssertNil(lines.place(ofLine: 7, in: "a.c"))
        XCTAssertNil(lines.line(at: GuestVirtualAddress(4)))
    }

    func testRelativeFolder() throws {
        let lines = try lines(guest([row(0, 3)]) { $0.folder = "." })
        XCTAssertEqual(text(lines, 0), "src/a.c:3 0+64")
        XCTAssertEqual(lines.file(called: "a.c")?.path, "./src/a.c")
    }

    func testFileWithoutLines() throws {
        let lines = try lines(guestProgram([Array(repeating: 0x13, count: 64)]))
        XCTAssertTrue(lines.isEmpty)
        XCTAssertNil(text(lines, 0))
        XCTAssertNil(lines.place(ofLine: 1, in: "a.c"))
    }

    func testSymbolFileHasLines() throws {
        let file = try SymbolFile(path: "vmlinux", bytes: guest([row(0, 3)]))
        XCTAssertEqual(file.lines.flatMap { text($0, 0) }, "src/a.c:3 0+64")
        XCTAssertNil(try SymbolFile(path: "a.elf", bytes: goodGuest.bytes()).lines)
        XCTAssertNil(try SymbolFile(path: "System.map", bytes: Array("80000000 T main\n".utf8)).lines)
    }

    /// Sections of DWARF that are cut, and flipped bytes in them, from a fixed seed: anything may come out but a crash, and soon.
    /// KVMDBG_FUZZ_DWARF, KVMDBG_FUZZ_ROUNDS and KVMDBG_FUZZ_SEED make it a real program's, longer, and different.
    func testDamagedLinesNeverCrash() throws {
        let environment = ProcessInfo.processInfo.environment
        let good =
            try environment["KVMDBG_FUZZ_DWARF"].map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) }
            ?? guest([row(0, 3), row(4, 4), row(8, 9), row(16, 9, file: 2), row(20, 7), row(20, 8)])
        let count = Int(environment["KVMDBG_FUZZ_ROUNDS"] ?? "") ?? 3000
        var random = Random(seed: UInt64(environment["KVMDBG_FUZZ_SEED"] ?? "") ?? 1)
        let places = try dwarfSections(good)
        XCTAssertGreaterThanOrEqual(places.count, 3)
        var found = 0
        let start = Date()
        for _ in 0..<count {
            var bytes = good
            for _ in 0...random.below(6) {
                let place = places[random.below(places.count)]
                let value = [0, 1, 0x7F, 0x80, 0xFF, UInt8(random.below(256))][random.below(6)]
                // What headers say has the widest effect.
                let offset = random.below(2) == 0 ? random.below(min(64, place.count)) : random.below(place.count)
                bytes[place.lowerBound + offset] = value
            }
            // A section that is shorter than it was.
            if random.below(4) == 0 { shorten(&bytes, places[random.below(places.count)], by: random.below(40)) }
            guard let lines = try? ELFFile(path: "fuzz.elf", bytes: bytes).lines else { continue }
            for offset in stride(from: 0, to: 72, by: 3) where text(lines, UInt64(offset)) != nil { found += 1 }
            if lines.place(ofLine: 4, in: "a.c") != nil { found += 1 }
            _ = lines.file(called: "b.h")
        }
        XCTAssertGreaterThan(found, count / 10)
        XCTAssertLessThan(Date().timeIntervalSince(start), max(20, Double(count) / 100))
    }

    /// Where the sections of DWARF lie in the file.
    private func dwarfSections(_ bytes: [UInt8]) throws -> [Range<Int>] {
        [
            ".debug_info", ".debug_line", ".debug_abbrev", ".debug_line_str", ".debug_str", ".debug_rnglists",
            ".debug_addr",
        ]
        .compactMap { ELFSection.place(of: $0, in: bytes) }.filter { !$0.isEmpty }
    }

    /// Has the section header of what lies at `place` say that it ends earlier.
    private func shorten(_ bytes: inout [UInt8], _ place: Range<Int>, by count: Int) {
        let table = Int(bytes[40..<48].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        for header in stride(from: table, to: bytes.count - 63, by: 64) {
            let offset = bytes[header + 24..<header + 32].reversed().reduce(0) { $0 << 8 | UInt64($1) }
            guard offset == UInt64(place.lowerBound) else { continue }
            let size = UInt64(max(0, place.count - count))
            for index in 0..<8 { bytes[header + 32 + index] = UInt8(size >> (8 * index) & 0xFF) }
        }
    }
}
