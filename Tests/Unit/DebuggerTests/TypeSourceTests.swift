import Guest
import RISCV
import Target
import Types
import XCTest

@testable import Debugger
@testable import Support

/// Where the types of the guest's program are found.
final class TypeSourceTests: XCTestCase {
    private let pieces = [Assembly.addi(10, 10, 1), Assembly.jal(0, 0)]

    private func session(_ program: [UInt8]) throws -> (Session, TinyProvider, TemporaryFile) {
        let provider = TinyProvider()
        let file = TemporaryFile("guest.elf", program)
        let session = Session(provider: provider, registers: RegisterTable())
        try session.load(file.path)
        return (session, provider, file)
    }

    /// The program with the BTF `types` in a section that is not loaded.
    private func program(types: [UInt8]) -> [UInt8] {
        let content = Array(pieces.joined())
        var builder = ELFBuilder()
        builder.segments = [.init(flags: 7, memorySize: UInt64(content.count), content: content)]
        builder.sections = [
            .init(name: ".text", address: TinyHart.base, size: UInt64(content.count), content: content),
            .init(name: ".BTF", flags: 0, content: types),
        ]
        return builder.bytes()
    }

    private func value(_ text: String, _ session: Session) -> String {
        do { return try Expression(parsing: text).evaluate(in: session).formatted { _ in nil } } catch {
            return error.message
        }
    }

    func testInTheProgramsFile() throws {
        let (session, _, file) = try session(program(types: sampleBTF()))
        XCTAssertNil(session.types)
        XCTAssertEqual(value("sizeof(u64)", session), "8")
        XCTAssertNil(session.types, "looked for without need")
        XCTAssertEqual(value("sizeof(struct task)", session), "160")
        XCTAssertEqual(session.types?.origin, "the section .BTF of \"\(file.path)\"")
        // The types are the program's, whatever guest there is.
        try session.start()
        XCTAssertEqual(value("sizeof(struct list_head)", session), "16")
    }

    func testDamageInTheProgramsFileIsTold() throws {
        let (session, _, file) = try session(program(types: Array(sampleBTF().dropLast(9))))
        XCTAssertTrue(
            value("sizeof(struct task)", session).hasPrefix(
                "The section .BTF of \"\(file.path)\" cannot be read as BTF: it ends after "))
    }

    func testInRAM() throws {
        let rig = try Rig(pieces)
        let nothing =
            "No type information: there is no guest yet, and its program has no section .BTF. A file that has it is named with "
            + "\"types FILE\"."
        XCTAssertEqual(value("sizeof(struct task)", rig.session), nothing)
        try rig.session.start()
        XCTAssertTrue(
            value("sizeof(struct task)", rig.session).hasPrefix("No type information: its program has no section .BTF"))
        // At any place, and at the end of the RAM; a header without anything behind it is passed over.
        let types = sampleBTF()
        let end = UInt64(rig.hart.ram.count)
        try rig.write(BTFHeader.beginning, 0x800)
        try rig.write(types, end - UInt64(types.count))
        XCTAssertEqual(value("sizeof(struct task)", rig.session), "160")
        let place = GuestVirtualAddress(TinyHart.base + end - UInt64(types.count))
        XCTAssertEqual(rig.session.types?.origin, "BTF in the guest's RAM, at GPA \(place.description)")
        // The next guest has its own.
        try rig.session.start()
        XCTAssertNil(rig.session.types)
        XCTAssertTrue(value("sizeof(struct task)", rig.session).hasPrefix("No type information: "))
    }

    func testDamageInRAMIsTold() throws {
        let rig = try Rig(pieces)
        try rig.session.start()
        var types = sampleBTF()
        types[12] = 1
        try rig.write(types, 0x801)
        let sentence = value("sizeof(struct task)", rig.session)
        XCTAssertTrue(
            sentence.hasPrefix(
                "No type information: the only one in the guest's RAM is damaged. BTF in the guest's RAM, at GPA "),
            sentence)
    }

    func testBetweenSymbols() throws {
        let types = sampleBTF()
        let base = TinyHart.base
        let start = base + 0x1000
        let rig = try Rig(
            pieces,
            functions: [("__start_BTF", start, 0), ("__stop_BTF", start + UInt64(types.count), 0)])
        try rig.session.start()
        // A longer one elsewhere is not what the symbols say.
        let longer = BTFBuilder()
        for number in 0..<200 { _ = longer.integer("number\(number)", 4) }
        try rig.write(longer.bytes, 0x4000)
        try rig.write(types, 0x1000)
        XCTAssertEqual(value("sizeof(struct task)", rig.session), "160")
        XCTAssertEqual(
            rig.session.types?.origin,
            "BTF in the guest's memory, at __start_BTF, \(GuestVirtualAddress(start).description)")
    }

    func testWhatTheUserNamesStays() throws {
        let rig = try Rig(pieces)
        let file = TemporaryFile("types.btf", sampleBTF())
        try rig.session.loadTypes(file.path)
        try rig.session.start()
        XCTAssertEqual(value("sizeof(struct task)", rig.session), "160")
        XCTAssertEqual(rig.session.types?.origin, "\"\(file.path)\"")
        // Behind other bytes, as in a kernel's image.
        let image = TemporaryFile("Image", [UInt8](repeating: 7, count: 1001) + sampleBTF() + [1, 2, 3])
        try rig.session.loadTypes(image.path)
        XCTAssertEqual(value("sizeof(struct task)", rig.session), "160")
        XCTAssertThrowsError(try rig.session.loadTypes(file.folder))
        let none = TemporaryFile("none", [UInt8](repeating: 7, count: 100))
        checkRefusal(
            "\"\(none.path)\" has no type information: it is neither an ELF file nor BTF, and no BTF begins anywhere in it. A "
                + "compressed image must be unpacked first."
        ) { try rig.session.loadTypes(none.path) }
        // What was refused changes nothing.
        XCTAssertEqual(value("sizeof(struct task)", rig.session), "160")
    }

    func testVariablesHaveTheirTypes() throws {
        let types = BTFBuilder()
        // Members with the names of views of registers.
        let pair = types.structure("pair", 8, [("b", types.int, 0, 0), ("u8", types.int, 32, 0)])
        types.variable("pair", pair)
        types.variable("list", types.array(types.int, 2))
        types.variable("color", types.enumeration("color", [("RED", 0), ("GREEN", 1)]))
        let content: [UInt8] = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0]
        var builder = ELFBuilder()
        builder.segments = [.init(flags: 7, memorySize: 16, content: content)]
        builder.sections = [
            .init(name: ".data", address: TinyHart.base, size: 16, content: content),
            .init(name: ".BTF", flags: 0, content: types.bytes),
        ]
        builder.symbols = [
            .init(name: "pair", value: TinyHart.base, size: 8, type: 1),
            .init(name: "list", value: TinyHart.base + 8, size: 8, type: 1),
            .init(name: "color", value: TinyHart.base, size: 4, type: 1),
            .init(name: "other", value: TinyHart.base, size: 4, type: 1),
        ]
        let (session, _, _) = try session(builder.bytes())
        for (text, expected) in [
            ("pair", "{b = 1, u8 = 2}"), ("pair.b", "1"), ("(&pair)->u8", "2"), ("&pair", "(struct pair *) 0x80000000"),
            ("list", "{3, 4}"), ("list[1]", "4"), ("*list", "3"), ("list + 1", "(int *) 0x8000000c"),
            ("&list", "(int (*)[2]) 0x80000008"),
            ("color", "GREEN"), ("color == GREEN", "1"), ("other", "1"), ("sizeof(list)", "8"),
            ("{u64}pair", "8589934593"),
            ("$p = &pair", "(struct pair *) 0x80000000"), ("$p.b", "1"), ("$p.u8", "2"),
            ("$c = pair", "{b = 1, u8 = 2}"),
            ("$c.u8", "2"), ("$c.b + $c.u8", "3"), ("pair.c", "`struct pair` has no member `c`."),
            (
                "pair.b.c",
                "The type of this is `int`, which has no members; write a cast, as in `((struct NAME *)ADDRESS)->c`."
            ),
        ] { XCTAssertEqual(value(text, session), expected, text) }
    }

    /// BTF is found over the borders of the pieces that memory is looked at in.
    func testASearchOverPieces() {
        let beginning = BTFHeader.beginning
        let bytes = [UInt8](repeating: 0, count: 20) + beginning + [9, 9, 9] + beginning + [1]
        for size in 1...bytes.count {
            var search = BTFSearch()
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + size)
                bytes[start..<end].withUnsafeBytes { _ = search.look(at: $0, from: UInt64(100 + start)) }
                start = end
            }
            XCTAssertEqual(search.found, [120, 131], "in pieces of \(size)")
        }
    }
}
