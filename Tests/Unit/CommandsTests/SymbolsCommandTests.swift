import Debugger
import Guest
import XCTest

@testable import Commands
@testable import Support

/// `symbols`: further names for every command.
final class SymbolsCommandTests: XCTestCase {
    private let map = "80000018 T finish_up\n8000001c t within\n80000028 B _end\n"

    func testEveryCommandKnowsTheNames() throws {
        let terminal = try Terminal()
        terminal.put("System.map", map)
        XCTAssertEqual(terminal.type("symbols"), "No symbols.\n")
        XCTAssertEqual(terminal.type("symbols System.map"), "Read 3 symbols of \"DIR/System.map\".\n")
        XCTAssertEqual(terminal.type("break within"), "Breakpoint 1 at 0x8000001c <within>\n")
        XCTAssertEqual(terminal.type("print &within"), "$1 = 0x8000001c <within>\n")
        XCTAssertEqual(terminal.type("info symbol 0x80000020"), "within+4\n")
        let completer = Completer(table: .standard(), session: terminal.session)
        XCTAssertEqual(completer.complete("with", after: "break "), .words(["within"]))
        _ = terminal.type("load guest.elf")
        XCTAssertEqual(
            terminal.type("symbols"),
            "7 symbols of \"DIR/guest.elf\", not moved\n3 symbols of \"DIR/System.map\", not moved\n")
        _ = terminal.type("run")
        let stop = terminal.type("continue")
        XCTAssertTrue(stop.contains("0x8000001c <within>"), stop)
        XCTAssertEqual(terminal.type("symbols System.map 0x10 * 2"), "Read 3 symbols of \"DIR/System.map\".\n")
        XCTAssertTrue(terminal.type("symbols").hasSuffix("\"DIR/System.map\", moved 0x20 bytes up\n"))
        _ = terminal.type("symbols System.map -4")
        XCTAssertTrue(terminal.type("symbols").hasSuffix("\"DIR/System.map\", moved 0x4 bytes down\n"))
        XCTAssertEqual(terminal.type("print &within"), "$2 = 0x80000018 <finish>\n")
    }

    func testWhatIsRefused() throws {
        let terminal = try Terminal()
        terminal.put("System.map", "no symbols\n")
        XCTAssertTrue(terminal.type("symbols System.map").contains("line 1, \"no symbols\", is no symbol"))
        XCTAssertTrue(terminal.type("symbols kallsyms").contains("The guest is not running."))
        XCTAssertTrue(
            terminal.type("symbols kallsyms System.map").contains(
                "Cannot read a kernel's symbol table out of \"DIR/System.map\": there is none."))
        XCTAssertTrue(terminal.type("symbols /nowhere/System.map").contains("\"/nowhere/System.map\""))
        XCTAssertTrue(terminal.type("symbols kallsyms /nowhere/Image").contains("\"/nowhere/Image\""))
        XCTAssertTrue(terminal.type("symbols System.map \"text\"").contains("no value that could be a distance"))
        XCTAssertEqual(terminal.type("symbols"), "No symbols.\n")
    }

    func testAKernelsOwnTable() throws {
        let terminal = try Terminal()
        var builder = KallsymsBuilder()
        builder.front = 64
        let image = builder.image()
        let file = TemporaryFile("Image", image)
        XCTAssertEqual(terminal.type("symbols kallsyms \(file.path)"), "Read 600 symbols of \"\(file.path)\".\n")
        XCTAssertEqual(terminal.type("symbols"), "600 symbols of \"kallsyms\", not moved\n")
        _ = terminal.type("load guest.elf")
        _ = terminal.type("start")
        terminal.hart.place([image], at: TinyHart.base + 0x4000)
        XCTAssertEqual(terminal.type("symbols kallsyms"), "Read 600 symbols of the guest's memory.\n")
        XCTAssertTrue(terminal.type("symbols").hasSuffix("\n600 symbols of \"kallsyms\", not moved\n"))
    }

    /// A test's tables are its own.
    func testATestBringsTheTablesBack() throws {
        let terminal = try Terminal()
        terminal.put("System.map", map)
        _ = terminal.type("load guest.elf")
        for line in ["test \"reads\"", "symbols System.map", "print &within", "end"] { _ = terminal.type(line) }
        let refusal = terminal.type("print &within")
        XCTAssertTrue(refusal.contains("There is no symbol `within`"), refusal)
    }
}
