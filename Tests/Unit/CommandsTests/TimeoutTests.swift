import XCTest

@testable import Commands
@testable import Support

/// How long the guest may run, and the whole run.
final class TimeoutTests: XCTestCase {
    func testATimeout() throws {
        try checkScript(
            """
            load guest.elf
            set timeout 2s
            show timeout
            run
            echo not carried out\\n
            """,
            """
            2s
            The time limit was over at 0x80000000 <_start>.
            => 0x80000000 <_start>:  li      t0,1
            DIR/test.kdbg:4:1: The guest ran for 2s, the time limit of a command (set timeout).
              stop: The time limit was over at 0x80000000 <_start>.
            [ended 124]
            """
        ) { $0.provider.prepare = { $0.runsToDeadline = 0 } }
    }

    func testATimeoutAtThePrompt() throws {
        let terminal = try Terminal()
        terminal.provider.prepare = { $0.runsToDeadline = 0 }
        _ = terminal.type("load guest.elf") + terminal.type("set timeout 1m")
        XCTAssertEqual(
            terminal.type("run"),
            "The time limit was over at 0x80000000 <_start>.\n=> 0x80000000 <_start>:  li      t0,1\n")
        XCTAssertEqual(terminal.type("set timeout off") + terminal.type("show timeout"), "off\n")
        XCTAssertEqual(
            terminal.type("set timeout soon"),
            """
            "soon" is no time: a number with ms, s, m or h behind it, as in 500ms or 2s, or off.
              set timeout soon
                          ^~~~
            [ended 2]

            """)
    }

    func testATimeoutThatIsExpected() throws {
        try checkScript(
            """
            load guest.elf
            set timeout 2s
            expect error /2s/ run
            expect stop timeout at _start within 1m
            expect stop timeout within 0s
            """,
            """
            The time limit was over at 0x80000000 <_start>.
            => 0x80000000 <_start>:  li      t0,1
            The guest ran for 2s, the time limit of a command (set timeout).
            DIR/test.kdbg:5:1: The guest stopped too late.
              expected: within 0ms
              took: TIME
              stop: The time limit was over at 0x80000000 <_start>.
            [ended 1]
            """
        ) { $0.provider.prepare = { $0.runsToDeadline = 0 } }
    }

    func testTheWholeRunIsLimited() throws {
        try checkScript(
            "echo one\\n\nexpect error print 1",
            "DIR/test.kdbg:1:1: The 0ms of the whole run (--timeout) are over.\n[ended 124]"
        ) { $0.interpreter.context.limitRun(to: TimeSpan(nanoseconds: 0)) }
        try checkScript(
            "load guest.elf\nrun\nexpect stop ebreak",
            "The guest's own ebreak, 0x80000008 <own>.\n=> 0x80000008 <own>:  ebreak"
        ) {
            $0.interpreter.context.limitRun(to: TimeSpan(nanoseconds: 3_600_000_000_000))
        }
        // The time of a command is what is left of the run's.
        let terminal = try Terminal(isInteractive: false)
        _ = terminal.type("load guest.elf") + terminal.type("start")
        terminal.interpreter.context.limitRun(to: TimeSpan(nanoseconds: 1_000_000_000))
        _ = terminal.type("set timeout 2s")
        _ = terminal.hart.takeCalls()
        _ = terminal.type("continue")
        let limit = terminal.hart.takeCalls().compactMap { $0.hasPrefix("deadline ") ? UInt64($0.dropFirst(9)) : nil }
        XCTAssertEqual(limit.count, 1)
        XCTAssertLessThanOrEqual(limit.first ?? .max, 1_000_000_000)
    }

    func testTimes() {
        for (text, nanoseconds) in [
            ("500ms", 500_000_000), ("2s", 2_000_000_000), ("2", 2_000_000_000), ("1m", 60_000_000_000),
            ("1h", 3_600_000_000_000), ("0", 0),
        ] as [(String, UInt64)] {
            XCTAssertEqual(TimeSpan.parse(text)?.nanoseconds, nanoseconds, text)
        }
        for text in ["", "s", "-1s", "+1s", "1.5s", "1 s", "1d", "99999999999999999999", "9999999999999h", "0x1s"] {
            XCTAssertNil(TimeSpan.parse(text), text)
        }
        for text in ["1h", "90m", "2s", "1500ms", "0ms"] { XCTAssertEqual(TimeSpan.parse(text)?.description, text) }
        XCTAssertEqual(TimeSpan.parse("60")?.description, "1m")
    }
}
