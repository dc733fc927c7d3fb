import Guest
import XCTest

@testable import Support
@testable import Symbols

/// Files with symbols: ELF or a list, told by their content.
final class SymbolFileTests: XCTestCase {
    private func map(_ text: String) throws -> SymbolTable {
        try SymbolFile(path: "System.map", bytes: Array(text.utf8)).table
    }

    private func message(_ bytes: [UInt8]) -> String {
        do throws(SymbolFileError) {
            _ = try SymbolFile(path: "x", bytes: bytes)
            return "taken"
        } catch { return error.message }
    }

    func testASystemMap() throws {
        let table = try map(
            """
            ffffffff80000000 T _start
            ffffffff80002000 T _text
            ffffffff80002000 t helper
            ffffffff80002010 W weak_one
            ffffffff80003000 D counter
            ffffffff80003008 r constant
            0000000000001000 A SIZE
            ffffffff80004000 B _end

            """)
        XCTAssertEqual(table.symbols.map(\.name).first, "SIZE")
        XCTAssertEqual(table.describe(GuestVirtualAddress(0xFFFF_FFFF_8000_2004)), "_text+4")
        XCTAssertEqual(table.describe(GuestVirtualAddress(0xFFFF_FFFF_8000_300C)), "constant+4")
        XCTAssertEqual(table.describe(GuestVirtualAddress(0xFFFF_FFFF_8000_4000)), "_end")
        XCTAssertNil(table.describe(GuestVirtualAddress(0xFFFF_FFFF_8000_4001)))
        XCTAssertNil(table.describe(GuestVirtualAddress(0x1004)))
        XCTAssertEqual(table.symbol(named: "SIZE")?.isAbsolute, true)
        XCTAssertEqual(table.symbol(named: "weak_one")?.binding, .weak)
        XCTAssertEqual(table.symbol(named: "counter")?.kind, .object)
        XCTAssertEqual(table.symbol(named: "helper")?.kind, .function)
        XCTAssertEqual(
            table.nextSymbol(after: GuestVirtualAddress(0xFFFF_FFFF_8000_2004)),
            GuestVirtualAddress(0xFFFF_FFFF_8000_2010))
    }

    /// In what /proc/kallsyms prints, the modules come last, wherever they lie; each ends where its last symbol begins.
    func testWhatAKernelPrints() throws {
        let table = try map(
            "ffffffff80000000 T _start\nffffffff80000100 T _end\nffffffff01000000 t init_one\t[one]\n"
                + "ffffffff01000010 t exit_one\t[one]\nffffffff02000000 t init_two\t[two]\nffffffff02000008 b x\t[bpf]\n"
        )
        XCTAssertEqual(table.describe(GuestVirtualAddress(0xFFFF_FFFF_0100_0008)), "init_one+8")
        XCTAssertEqual(table.describe(GuestVirtualAddress(0xFFFF_FFFF_0100_0010)), "exit_one")
        XCTAssertNil(table.describe(GuestVirtualAddress(0xFFFF_FFFF_0100_0011)))
        XCTAssertNil(table.describe(GuestVirtualAddress(0xFFFF_FFFF_0200_0004)))
        // The compiler's labels, which are in modules, are left out, and no name steers a terminal.
        let odd = try map("80000000 t .L886\u{2}1\u{2}\t[9p]\n80000000 t a\u{1B}[m\n80000002 t $x\n")
        XCTAssertEqual(odd.symbols.map(\.name), ["a?[m"])
        XCTAssertEqual(table.describe(GuestVirtualAddress(0xFFFF_FFFF_8000_00FF)), "_start+255")
    }

    func testFilesThatAreNoLists() {
        let isNoSymbol =
            " is no symbol of a list as System.map: an address, a letter and a name. A distribution may keep the real one in a "
            + "package of its own. \"symbols kallsyms\" needs no file."
        // What Debian has in the place of a System.map.
        XCTAssertEqual(
            message(Array("ffffffffffffffff B The real System.map is in the linux-image-<version>-dbg package\n".utf8)),
            "Cannot read symbols from \"x\": line 1, \"ffffffffffffffff B The real System.map i...\"," + isNoSymbol)
        XCTAssertEqual(
            message(Array("80000000 T a\n\n80000000 T\n".utf8)),
            "Cannot read symbols from \"x\": line 3, \"80000000 T\"," + isNoSymbol)
        for line in [
            "00000000800000001 T a", "T a", "80000000  a", "80000000 TT a", "80000000 1 a", "80000000 T a b",
            "80000000 T a [b",
            String(repeating: "8", count: 5000),
        ] { XCTAssertTrue(message(Array(line.utf8)).contains(isNoSymbol), line) }
        XCTAssertEqual(
            message(Array("0000000000000000 T _start\n0000000000000000 T _end\n".utf8)),
            "Cannot read symbols from \"x\": all addresses in it are zero: the kernel hides them. Read /proc/kallsyms as root, "
                + "with kernel.kptr_restrict at 0 or 1.")
        XCTAssertEqual(
            message([]),
            "Cannot read symbols from \"x\": there are none in it. Give a file that is not stripped of them.")
        XCTAssertEqual(
            message([0x1F, 0x8B, 8, 0]),
            "Cannot read symbols from \"x\": it is neither an ELF file nor a list of symbols as System.map (it is compressed by "
                + "gzip).")
        var image = Array("MZ".utf8) + [UInt8](repeating: 0, count: 0x50)
        image.replaceSubrange(0x30..<0x35, with: Array("RISCV".utf8))
        XCTAssertEqual(
            message(image),
            "Cannot read symbols from \"x\": it is neither an ELF file nor a list of symbols as System.map (it is a RISC-V kernel "
                + "image).")
    }

    /// A relocatable kernel is of the type that shared libraries have, and a file of debugging information has no contents.
    func testAnELFFileThatIsNoGuest() throws {
        var builder = goodGuest
        builder.type = 3
        builder.segments = [.init(memorySize: 1, fileSize: 1 << 40, offset: 1 << 40)]
        let file = try SymbolFile(path: "vmlinux", bytes: builder.bytes())
        XCTAssertEqual(file.table.symbol(named: "start")?.size, 32)
        builder.type = 1
        XCTAssertTrue(
            message(builder.bytes()).hasPrefix("Cannot read symbols from \"x\": it is a relocatable object file"))
        builder = goodGuest
        builder.machine = 62
        XCTAssertEqual(
            message(builder.bytes()),
            "Cannot read symbols from \"x\": it is for x86-64, not for RISC-V. Build it for riscv64.")
        builder = goodGuest
        builder.symbols = []
        XCTAssertEqual(
            message(builder.bytes()),
            "Cannot read symbols from \"x\": there are none in it. Give a file that is not stripped of them.")
    }

    func testSeveralTables() {
        func symbol(_ name: String, _ address: UInt64, size: UInt64 = 0) -> Symbol {
            Symbol(name, at: GuestVirtualAddress(address), size: size)
        }
        let first = SymbolTable(
            [symbol("main", 0x100, size: 0x10), symbol("both", 0x200)],
            regions: [AddressRange(GuestVirtualAddress(0x100), size: 0x200)])
        let second = SymbolTable([symbol("both", 0x80), symbol("inner", 0x104), symbol("far", 0x4000)])
        let tables = SymbolTables([
            .init(name: "a", table: first), .init(name: "b", table: second, offset: 0x1000),
        ])
        XCTAssertEqual(tables.symbol(named: "both")?.address.value, 0x200)
        XCTAssertEqual(tables.symbol(named: "inner")?.address.value, 0x1104)
        XCTAssertEqual(tables.describe(GuestVirtualAddress(0x108)), "main+8")
        XCTAssertEqual(tables.describe(GuestVirtualAddress(0x1108)), "inner+4")
        XCTAssertEqual(tables.names(startingWith: "", limit: 9), ["both", "far", "inner", "main"])
        XCTAssertEqual(tables.names(startingWith: "", limit: 2), ["both", "far"])
        XCTAssertEqual(tables.nextSymbol(after: GuestVirtualAddress(0x200))?.value, 0x1080)
        XCTAssertNil(tables.nextSymbol(after: GuestVirtualAddress(0x5000)))
        // At the same distance the first table's.
        let same = SymbolTables([
            .init(name: "a", table: second), .init(name: "b", table: SymbolTable([symbol("other", 0x104)])),
        ])
        XCTAssertEqual(same.describe(GuestVirtualAddress(0x104)), "inner")
        XCTAssertTrue(SymbolTables().isEmpty)
        XCTAssertNil(SymbolTables().describe(GuestVirtualAddress(0)))
    }

    func testDamagedListsAreAnswered() throws {
        var random = Seeded(state: 4)
        let whole = Array((0..<200).map { "ffffffff8000\($0 + 1000) t name_\($0)\t[m\($0 % 7)]\n" }.joined().utf8)
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            XCTAssertFalse(message(bytes).isEmpty)
        }
    }
}
