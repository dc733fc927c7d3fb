import XCTest

/// How deep the language's parts can stand in each other: so deep that nobody minds, and not so deep that the stack is at its end.
final class NestingTests: XCTestCase {
    private func lines(_ count: Int, _ line: String) -> String { String(repeating: line + "\n", count: count) }

    func testCommandsInCommands() throws {
        let chain = String(repeating: "expect output /a/ ", count: 64)
        try checkScript(chain + "echo a\\n", "a")
        let deeper = String(repeating: "expect error ", count: 65)
        let shown = try Terminal(isInteractive: false).runScript(deeper + "nonsense")
        XCTAssertTrue(
            shown.hasPrefix("DIR/test.kdbg:1:846: Commands stand more than 64 deep in each other here.\n"),
            shown)
        let deepest = String(repeating: "expect error ", count: 20_000)
        XCTAssertTrue(
            try Terminal(isInteractive: false).runScript(deepest + "nonsense").contains("more than 64 deep"))
    }

    func testBlocksOfSourcedScripts() throws {
        let terminal = try Terminal(isInteractive: false)
        terminal.put("inner.kdbg", lines(32, "if 1") + "echo inner\\n\n" + lines(32, "end"))
        XCTAssertTrue(
            terminal.runScript(lines(32, "if 1") + "source inner.kdbg\n" + lines(32, "end")).hasSuffix("\ninner\n"))
        XCTAssertEqual(
            terminal.runScript(lines(33, "if 1") + "source inner.kdbg\n" + lines(33, "end")),
            "DIR/inner.kdbg:32:1: Blocks stand more than 64 deep in each other here.\n  if 1\n  ^~~~\n[ended 2]\n")
    }

    func testRecursionThroughBlocks() throws {
        try checkScript(
            """
            define count
              if $arg0 > 0
                while 1
                  count ($arg0 - 1)
                  loop_break
                end
              end
            end
            count 199
            define blocks
              \(String(repeating: "if 1\n", count: 20))blocks
              \(String(repeating: "end\n", count: 20))
            end
            blocks
            """,
            """
            DIR/test.kdbg:23:1: Blocks and commands are carried out more than 1000 deep in each other here.
            [ended 1]
            """)
    }

    func testRecursionThroughExpectations() throws {
        let chain = String(repeating: "expect error ", count: 63)
        let shown = try Terminal(isInteractive: false).runScript("define a\n\(chain)a\nend\na")
        XCTAssertTrue(
            shown.contains("\nBlocks and commands are carried out more than 1000 deep in each other here.\n"), shown)
    }
}
