import XCTest

@testable import Commands
@testable import Support

/// What can be expected besides values: strings, what commands say, why they fail.
final class ExpectationTests: XCTestCase {
    func testStrings() throws {
        try checkScript(
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
        try checkScript(
            "expect 1.5 ~ /1/",
            "DIR/test.kdbg:1:8: This is neither a string nor the guest's address of one.\n  expect 1.5 ~ /1/\n         ^~~\n[ended 1]"
        )
        try checkScript(
            "expect $nothing ~ /1/",
            "DIR/test.kdbg:1:8: This is neither a string nor the guest's address of one.\n  expect $nothing ~ /1/\n         ^~~~~~~~\n[ended 1]"
        )
    }

    func testAPatternIsParsedFirst() throws {
        try checkScript(
            "echo one\\n\nexpect \"a\" ~ /(/",
            """
            DIR/test.kdbg:2:16: This is no regular expression: missing closing parenthesis.
              expect "a" ~ /(/
                             ^
            [ended 2]
            """)
        try checkScript(
            "expect \"a\" ~ \"a\"",
            """
            DIR/test.kdbg:1:14: A regular expression is expected here, as in /text/.
              expect "a" ~ "a"
                           ^~~
            [ended 2]
            """)
    }

    func testOutput() throws {
        try checkScript(
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
        try checkScript(
            "expect output /x/ print 1 / 0",
            """
            DIR/test.kdbg:1:29: Division by zero.
              expect output /x/ print 1 / 0
                                          ^
            [ended 1]
            """)
    }

    func testErrors() throws {
        try checkScript(
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
        try checkScript(
            "expect error print 1",
            """
            $1 = 1
            DIR/test.kdbg:1:1: The command did not fail.
              stop: there is no guest
            [ended 1]
            """)
    }

    func testWhatEndsAScriptEndsItThereToo() throws {
        try checkScript("expect error quit 7", "[quit 7]")
        try checkScript(
            "expect error require cap SYNC_REGS",
            "Skipped: This host's KVM has no capability KVM_CAP_SYNC_REGS.\n[ended 4]")
    }

    func testTheColumnsOfACommandInACommand() throws {
        try checkScript(
            "expect error /x/   print 1 +",
            """
            DIR/test.kdbg:1:29: The expression ends too early: a number, `$name`, symbol or `(` is missing here.
              expect error /x/   print 1 +
                                          ^
            [ended 2]
            """)
        try checkScript(
            "expect output /x/ expect error nonsense",
            """
            DIR/test.kdbg:1:32: There is no command "nonsense". "help" lists them.
              expect output /x/ expect error nonsense
                                             ^~~~~~~~
            [ended 2]
            """)
        try checkScript(
            "expect error",
            "DIR/test.kdbg:1:13: A command is missing.\n  expect error\n              ^\n[ended 2]")
        try checkScript(
            "expect output print 1",
            """
            DIR/test.kdbg:1:15: A regular expression is expected here, as in /text/.
              expect output print 1
                            ^~~~~~~
            [ended 2]
            """)
        try checkScript(
            "expect error commands",
            """
            DIR/test.kdbg:1:14: A line "end" is missing behind this.
              expect error commands
                           ^~~~~~~~
            [ended 2]
            """)
    }

    func testWhatFailsInADefinedCommandIsExpected() throws {
        try checkScript(
            """
            define divide
              echo dividing\\n
              expect 1
              print 1 / $arg0
              echo not carried out\\n
            end
            expect error /zero/ divide 0
            expect error /did not fail/ expect error divide 1
            expect error /nothing/ divide nothing
            expect error /zero/ source "again.kdbg"
            test "in a test"
              expect error /zero/ divide 0
            end
            expect error /match/ divide 0
            """,
            """
            dividing
            Division by zero.
            dividing
            $1 = 1
            not carried out
            The command did not fail.
            There is no symbol `nothing`.
            dividing
            Division by zero.
            dividing
            Division by zero.
            Test "in a test": passed
            dividing
            Division by zero.
            DIR/test.kdbg:14:1: The command failed for another reason.
              pattern: /match/
              failure: Division by zero.
              stop: there is no guest
            [ended 1]
            """
        ) { $0.put("again.kdbg", "divide 0\n") }
    }

    func testTestsInADefinedCommandFailAsEver() throws {
        try checkScript(
            """
            define tests
              test "one"
                expect 0
              end
              print 1 / 0
            end
            expect error /zero/ tests
            """,
            """
            DIR/test.kdbg:3:5: This does not hold.
              0: 0x0 (0)
              stop: there is no guest
            Test "one": failed
            Division by zero.
            [ended 1]
            """)
    }
}
