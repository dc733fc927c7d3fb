import Debugger
import Foundation
import XCTest

@testable import Commands
@testable import Support

/// What can be expected besides values: strings, what commands say, why they fail, the console, times.
final class ExpectationTests: XCTestCase {
    private func check(
        _ script: String, _ expected: String, line: UInt = #line, _ prepare: (Terminal) -> Void = { _ in }
    ) throws {
        let terminal = try Terminal(isInteractive: false)
        prepare(terminal)
        let shown = terminal.runScript(script)
        // What is echoed is what was written.
        let told = shown.split(separator: "\n").filter { !$0.hasPrefix("(kvmdbg) ") }.joined(separator: "\n")
            .replacingOccurrences(of: "took: [0-9.]+ s", with: "took: TIME", options: .regularExpression)
        XCTAssertEqual(told, expected, line: line)
    }

    func testStrings() throws {
        try check(
            """
            load guest.elf
            expect &message ~ /^HEL+O$/i
            expect "a b" ~ /^a b$/
            expect (1 ? "yes" : "no") ~ /y/
            expect $env("PATH") ~ /\\//
            expect &message ~ /hello./
            """,
            """
            DIR/test.kdbg:6:1: This string does not match.
              &message: "hello\\n"
              pattern: /hello./
              stop: there is no guest
            [ended 1]
            """)
    }

    func testWhatIsNoString() throws {
        try check(
            "expect 1.5 ~ /1/",
            "DIR/test.kdbg:1:8: This is neither a string nor the guest's address of one.\n  expect 1.5 ~ /1/\n         ^~~\n[ended 1]"
        )
        try check(
            "expect $nothing ~ /1/",
            "DIR/test.kdbg:1:8: This is neither a string nor the guest's address of one.\n  expect $nothing ~ /1/\n         ^~~~~~~~\n[ended 1]"
        )
    }

    func testAPatternIsParsedFirst() throws {
        try check(
            "echo one\\n\nexpect \"a\" ~ /(/",
            """
            DIR/test.kdbg:2:16: This is no regular expression: missing closing parenthesis.
              expect "a" ~ /(/
                             ^
            [ended 2]
            """)
        try check(
            "expect \"a\" ~ \"a\"",
            """
            DIR/test.kdbg:1:14: A regular expression is expected here, as in /text/.
              expect "a" ~ "a"
                           ^~~
            [ended 2]
            """)
    }

    func testOutput() throws {
        try check(
            """
            expect output /^\\$1 = 42$/ print 42
            expect output /^one two$/ printf "%s two\\n", "one"
            expect output /two/ echo one\\n
            """,
            """
            $1 = 42
            one two
            one
            DIR/test.kdbg:3:1: What the command says does not match.
              pattern: /two/
              output: "one\\n"
            [ended 1]
            """)
        // A failure of the command is its own.
        try check(
            "expect output /x/ print 1 / 0",
            """
            DIR/test.kdbg:1:29: Division by zero.
              expect output /x/ print 1 / 0
                                          ^
            [ended 1]
            """)
    }

    func testErrors() throws {
        try check(
            """
            expect error /zero/ print 1 / 0
            expect error print nothing
            expect error /does not hold/ expect 1 == 2
            expect error /match/ expect output /b/ echo a\\n
            expect error /zero/ print nothing
            """,
            """
            Division by zero.
            There is no symbol `nothing`.
            This does not hold.
            a
            What the command says does not match.
            There is no symbol `nothing`.
            DIR/test.kdbg:5:1: The command failed for another reason.
              pattern: /zero/
              failure: There is no symbol `nothing`.
              stop: there is no guest
            [ended 1]
            """)
        try check(
            "expect error print 1",
            """
            $1 = 1
            DIR/test.kdbg:1:1: The command did not fail.
              stop: there is no guest
            [ended 1]
            """)
    }

    func testWhatEndsAScriptEndsItThereToo() throws {
        try check("expect error quit 7", "[quit 7]")
        try check(
            "expect error require cap SYNC_REGS",
            "Skipped: This host's KVM has no capability KVM_CAP_SYNC_REGS.\n[ended 4]")
    }

    func testTheColumnsOfACommandInACommand() throws {
        try check(
            "expect error /x/   print 1 +",
            """
            DIR/test.kdbg:1:29: The expression ends too early: a number, `$name`, symbol or `(` is missing here.
              expect error /x/   print 1 +
                                          ^
            [ended 2]
            """)
        try check(
            "expect output /x/ expect error nonsense",
            """
            DIR/test.kdbg:1:32: There is no command "nonsense". "help" lists them.
              expect output /x/ expect error nonsense
                                             ^~~~~~~~
            [ended 2]
            """)
        try check(
            "expect error",
            "DIR/test.kdbg:1:13: A command is missing.\n  expect error\n              ^\n[ended 2]")
        try check(
            "expect output print 1",
            """
            DIR/test.kdbg:1:15: A regular expression is expected here, as in /text/.
              expect output print 1
                            ^~~~~~~
            [ended 2]
            """)
        try check(
            "expect error commands",
            """
            DIR/test.kdbg:1:14: A line "end" is missing behind this.
              expect error commands
                           ^~~~~~~~
            [ended 2]
            """)
    }

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
        try check(
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
            try check(text, "DIR/test.kdbg:1:\(place): \(message)\n  \(text)\n  \(mark)\n[ended 2]")
        }
    }

    func testATimeout() throws {
        try check(
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
        try check(
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
        try check(
            "echo one\\n\nexpect error print 1",
            "DIR/test.kdbg:1:1: The 0ms of the whole run (--timeout) are over.\n[ended 124]"
        ) { $0.interpreter.context.limitRun(to: TimeSpan(nanoseconds: 0)) }
        try check(
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

    func testRequirements() throws {
        try check(
            """
            require register pc
            require reg sepc
            require isa Zba
            require sbi DBCN
            require isa Zbb
            """, "Skipped: A guest's vCPU has no extension Zbb of the ISA on this host.\n[ended 4]"
        ) { (terminal) in
            terminal.provider.prepare = { (hart) in
                hart.registers[terminal.session.registers.register(named: "isa.zba")!.id!] = 1
                hart.registers[terminal.session.registers.register(named: "isa.zbb")!.id!] = 0
                hart.registers[terminal.session.registers.register(named: "sbi.dbcn")!.id!] = 1
            }
        }
        try check(
            "require sbi susp", "Skipped: A guest's vCPU has no extension susp of the SBI on this host.\n[ended 4]")
        try check(
            "require isa zbbb",
            """
            DIR/test.kdbg:1:13: kvmdbg knows no extension "zbbb" of the ISA. Did you mean zbb, zbkb, zvbb?
              require isa zbbb
                          ^~~~
            [ended 2]
            """)
        try check(
            "require isa",
            "DIR/test.kdbg:1:12: The name of an extension is missing.\n  require isa\n             ^\n[ended 2]")
        try check("require isa zbb", "Skipped: There is no KVM here.\n[ended 4]") {
            $0.provider.refusal = .unavailable("There is no KVM here.")
        }
        try check("require kernel >= 2.6\nrequire kernel 2.6.32\nrequire kernel <99.1", "")
        try check(
            "require kernel six",
            "DIR/test.kdbg:1:16: \"six\" is no version of a kernel: numbers with points between them, as in 6.10.\n  require kernel six\n                 ^~~\n[ended 2]"
        )
    }

    func testKernelVersions() throws {
        let release = KernelVersion(release: "6.12.90+deb13-riscv64")
        XCTAssertEqual(release.numbers, [6, 12, 90])
        XCTAssertEqual(KernelVersion(release: "6.1-rc1").numbers, [6, 1])
        XCTAssertEqual(KernelVersion(release: "7").numbers, [7])
        func holds(_ comparison: RequireKernel.Comparison, _ text: String) throws -> Bool {
            release.is(comparison, try XCTUnwrap(KernelVersion(text)))
        }
        for text in ["6", "6.12", "6.12.90", "6.2", "5.19", "6.12.0"] { XCTAssertTrue(try holds(.atLeast, text), text) }
        for text in ["7", "6.13", "6.12.91", "6.12.90.1"] { XCTAssertFalse(try holds(.atLeast, text), text) }
        for text in ["7", "6.13", "6.12.91", "6.100"] { XCTAssertTrue(try holds(.less, text), text) }
        for text in ["6", "6.12", "6.12.90", "5"] { XCTAssertFalse(try holds(.less, text), text) }
        for text in ["6", "6.12", "6.12.90", "6.12.90.0"] { XCTAssertTrue(try holds(.same, text), text) }
        for text in ["7", "6.1", "6.12.9"] { XCTAssertFalse(try holds(.same, text), text) }
        for text in ["", ".", "6.", "v6", "6.x", "-1"] { XCTAssertNil(KernelVersion(text), text) }
    }

    func testRandomNumbers() throws {
        try check(
            """
            set seed 42
            set $n = $random
            expect $n != $random
            set seed 42
            expect $n == $random
            show seed
            expect $n == 0
            """,
            """
            42
            DIR/test.kdbg:7:1: This does not hold.
              $n: 0xbdd732262feb6e95 (13679457532755275413)
              0: 0x0 (0)
              stop: there is no guest
              seed: 42
            [ended 1]
            """)
        try check(
            "set $random = 1",
            """
            DIR/test.kdbg:1:5: `$random` is another number each time; "set seed" says which.
              set $random = 1
                  ^~~~~~~
            [ended 1]
            """)
    }

    func testDefinitions() throws {
        let terminal = try Terminal(isInteractive: false)
        for (text, shown) in [
            ("42", "42"), ("0x10", "16"), ("-1", "-1"), ("1.5", "1.5"), ("abc", "\"abc\""), ("", "\"\""),
            ("1 + 1", "\"1 + 1\""), ("a=b", "\"a=b\""),
        ] {
            try terminal.interpreter.context.define("value", text)
            XCTAssertEqual(terminal.type("output $value"), shown, text)
        }
        XCTAssertThrowsError(try terminal.interpreter.context.define("random", "1"))
    }
}
