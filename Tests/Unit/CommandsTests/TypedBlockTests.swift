import XCTest

/// Blocks that a person types: what is wrong with the line that begins one is told at once.
final class TypedBlockTests: XCTestCase {
    private func terminal() throws -> Terminal {
        let terminal = try Terminal()
        terminal.interpreter.checksHeads = true
        return terminal
    }

    func testAHeadIsRefusedAtOnce() throws {
        let terminal = try terminal()
        XCTAssertEqual(
            terminal.type("if )"),
            "Here a number, `$name`, symbol or `(` is expected.\n  if )\n     ^\n[ended 2]\n")
        XCTAssertTrue(terminal.interpreter.hasRefusedHead)
        XCTAssertEqual(terminal.interpreter.openBlocks, 0)
        XCTAssertEqual(terminal.type("output 1"), "1")
        XCTAssertFalse(terminal.interpreter.hasRefusedHead)
        for text in ["while", "test 1", "repeat", "on go", "document nothing", "define print", "commands x"] {
            XCTAssertTrue(terminal.type(text).hasSuffix("[ended 2]\n"), text)
            XCTAssertEqual(terminal.interpreter.openBlocks, 0, text)
        }
    }

    func testTheBlockAroundItStays() throws {
        let terminal = try terminal()
        XCTAssertEqual(terminal.type("if 1"), "")
        XCTAssertTrue(terminal.type("while )").hasSuffix("[ended 2]\n"))
        XCTAssertEqual(
            terminal.type("define inner"),
            "A command is defined outside of all blocks.\n  define inner\n         ^~~~~\n[ended 2]\n")
        XCTAssertEqual(terminal.interpreter.openBlocks, 1)
        XCTAssertEqual(terminal.type("echo carried out\\n") + terminal.type("end"), "carried out\n")
    }

    func testAHeadDefinesNothingYet() throws {
        let terminal = try terminal()
        XCTAssertEqual(terminal.type("define poke") + terminal.type("echo poked\\n") + terminal.type("end"), "")
        XCTAssertEqual(terminal.type("define poke"), "")
        terminal.interpreter.abandonBlock()
        XCTAssertEqual(terminal.type("poke"), "poked\n")
        XCTAssertEqual(terminal.type("document poke"), "")
        terminal.interpreter.abandonBlock()
        XCTAssertTrue(terminal.type("help poke").contains("It is defined as:"))
    }

    /// Where nobody can type it again, its lines are not to be taken for others.
    func testElsewhereItIsToldAtItsEnd() throws {
        let terminal = try Terminal(isInteractive: false)
        XCTAssertEqual(terminal.type("if )") + terminal.type("echo carried out\\n"), "")
        XCTAssertTrue(terminal.type("end").hasSuffix("  if )\n     ^\n[ended 2]\n"))
    }
}
