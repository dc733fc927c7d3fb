import XCTest

@testable import Commands
@testable import Support

/// What the guest's console is expected to say.
final class ConsoleExpectationTests: XCTestCase {
    func testTheConsole() throws {
        let terminal = try Terminal(isInteractive: false)
        XCTAssertEqual(
            terminal.type("load guest.elf") + terminal.type("start"),
            "The guest is at its entry, 0x80000000 <_start>.\n=> 0x80000000 <_start>:  li      t0,1\n")
        let console = terminal.interpreter.context.console
        terminal.hart.onRun { _ in XCTAssertFalse(console.say("nothing of it\n")) }
        terminal.hart.eventsAt[0x8000_0008] = .console
        XCTAssertEqual(
            terminal.type("expect console \"hello\" within 2s"),
            """
            The console said what was waited for; the guest is at 0x80000008 <own>.
            => 0x80000008 <own>:  ebreak
            The guest stopped before its console had said this.
              expected: "hello"
              console: "nothing of it\\n"
              stop: The console said what was waited for; the guest is at 0x80000008 <own>.
            [ended 1]

            """)
        XCTAssertEqual(terminal.type("expect console /nothing (o)f/"), "")
        XCTAssertEqual(terminal.type("expect stop console at own within 1m"), "")
        terminal.hart.onRun(.console) { _ in
            XCTAssertFalse(console.say("hel"))
            XCTAssertTrue(console.say("lo, world"))
        }
        XCTAssertEqual(
            terminal.type("expect console \"hel\\x6co\" within 500ms"),
            "The console said what was waited for; the guest is at 0x80000008 <own>.\n=> 0x80000008 <own>:  ebreak\n")
        XCTAssertTrue(terminal.hart.takeCalls().contains("deadline 500000000"))
        XCTAssertEqual(
            terminal.type("expect console \"hello\""),
            """
            The console has not said this.
              expected: "hello"
              console: ", world"
              stop: The console said what was waited for; the guest is at 0x80000008 <own>.
            [ended 1]

            """)
        terminal.hart.onRun(.deadline) { _ in XCTAssertFalse(console.say("!")) }
        XCTAssertEqual(
            terminal.type("expect console /x/ within 1s"),
            """
            The time limit was over at 0x80000008 <own>.
            => 0x80000008 <own>:  ebreak
            The console has not said this within 1s.
              expected: /x/
              console: ", world!"
              stop: The time limit was over at 0x80000008 <own>.
            [ended 1]

            """)
    }

    func testAConsoleWithoutAGuest() throws {
        try checkScript(
            "expect console \"a\" within 1s",
            """
            DIR/test.kdbg:1:1: The console has not said this, and there is no guest that could go on.
              expected: "a"
              console: nothing since the last text that was found
              stop: there is no guest
            [ended 1]
            """)
        for (text, message, mark) in [
            (
                "expect console", "A text in double quotes, or a regular expression between slashes, is expected here.",
                "              ^"
            ),
            ("expect console \"a", "This string literal is not closed: a \" is missing.", "               ^~"),
            ("expect console \"\"", "This text is empty.", "               ^~"),
            (
                "expect console \"a\" within",
                "A time is missing: a number with ms, s, m or h behind it, as in 500ms or 2s.",
                "                         ^"
            ),
            (
                "expect console \"a\" within 2x",
                "\"2x\" is no time: a number with ms, s, m or h behind it, as in 500ms or 2s.",
                "                          ^~"
            ),
            ("expect console \"a\" 2s", "Nothing is expected here.", "                   ^~"),
        ] {
            let place = mark.utf8.prefix { $0 == UInt8(ascii: " ") }.count + 1
            try checkScript(text, "DIR/test.kdbg:1:\(place): \(message)\n  \(text)\n  \(mark)\n[ended 2]")
        }
    }
}
