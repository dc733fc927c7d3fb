import Host
import XCTest

@testable import Reports

final class HumanReportTests: XCTestCase {
    /// What is shown on a terminal, where output and errors arrive at one place.
    private func shown(echoes: Bool = false, coloured: Bool = false, _ body: (HumanReport) -> Void) throws -> String {
        try captured { (sink) in
            let report = HumanReport(output: sink, errors: sink, style: Style(isColoured: coloured), echoes: echoes)
            body(report)
            report.finish()
        }
    }

    func testTextIsShownAsItIs() throws {
        XCTAssertEqual(try shown { $0.text("a\nb\n") }, "a\nb\n")
        XCTAssertEqual(try shown { $0.text("") }, "")
    }

    func testThePromptBeginsALine() throws {
        XCTAssertEqual(try shown { $0.text("half") }, "half\n")
        XCTAssertEqual(
            try shown { (report) in
                report.console(Array("guest".utf8))
                report.console([])
                report.failed(Failure(command: "x", location: nil, message: "No."))
                report.console(Array("more\n".utf8))
                report.skipped("Nothing.")
            }, "guest\nNo.\nmore\nSkipped: Nothing.\n")
    }

    func testBytesOfTheConsoleAreNotChanged() throws {
        XCTAssertEqual(try shown { $0.console([0x1B, 0x5B, 0x31, 0x6D, 0x0A]) }, "\u{1B}[1m\n")
    }

    func testAFailureWithAllItsParts() throws {
        XCTAssertEqual(
            try shown { $0.failed(failure) },
            """
            a "b".kdbg:3:1: This does not hold.
              expect $pc == &main
                     ^~~
              $pc: 0x80000008 (2147483656) <own>
              &main: 0x80000010 (2147483664) <main>
              stop: a: b # c

            """)
    }

    func testEchoAndTheCount() throws {
        func held(_ count: Int, echoes: Bool) throws -> String {
            try shown(echoes: echoes) { (report) in
                for _ in 0..<count {
                    report.began(command: "expect 1")
                    report.passed("expect 1")
                }
            }
        }
        XCTAssertEqual(try held(0, echoes: true), "")
        XCTAssertEqual(try held(1, echoes: true), "(kvmdbg) expect 1\n1 expectation held.\n")
        XCTAssertEqual(
            try held(2, echoes: true), "(kvmdbg) expect 1\n(kvmdbg) expect 1\n2 expectations held.\n")
        XCTAssertEqual(try held(2, echoes: false), "")
    }

    func testTestsAndTheSummary() throws {
        XCTAssertEqual(
            try shown(echoes: true) { (report) in
                report.began(command: "test \"one\"")
                report.testBegan("one", at: nil)
                report.passed("expect 1")
                report.console(Array("half".utf8))
                report.testEnded(TestResult(.passed))
                report.testBegan("two", at: nil)
                report.failed(Failure(kind: .expectation, command: "expect 0", location: nil, message: "No."))
                report.testEnded(TestResult(.failed(.expectation)))
                report.testBegan("three", at: nil)
                report.testEnded(TestResult(.skipped("Not here.")))
                report.testBegan("four", at: nil)
                report.testEnded(TestResult(.failed(.timeout), knownReason: "bug 5"))
            },
            """
            (kvmdbg) test "one"
            half
            Test "one": passed
            No.
            Test "two": failed
            Test "three": skipped: Not here.
            Test "four": failed, as is known: bug 5
            4 tests: 1 passed, 1 failed, 1 failed as is known, 1 skipped.
            1 expectation held.

            """)
    }

    func testTheSectionsOfAFailure() throws {
        XCTAssertTrue(
            try shown { $0.failed(diagnosed) }.hasSuffix(
                "  stop: a: b # c\n  registers:\n    pc             0x0000000080000008  <own>\n  console:\n    \n"
                    + "      # indented: {x}\n    --- \\x1b[0m\n    ...\n"))
    }

    func testWhatWasTypedStandsBehindThePrompt() throws {
        XCTAssertEqual(
            try shown { (report) in
                report.console(Array("guest".utf8))
                report.typed("print 1", behind: "(kvmdbg) ")
                report.text("$1 = 1\n")
            }, "guest\n(kvmdbg) print 1\n$1 = 1\n")
    }

    func testErrorsHaveTheirOwnSink() throws {
        var output = ""
        let errors = try captured { (errors) in
            output =
                (try? captured { (sink) in
                    let report = HumanReport(
                        output: sink, errors: errors, style: Style(isColoured: false), echoes: true)
                    report.began(command: "run")
                    report.text("half")
                    report.failed(failure)
                    report.skipped("Nothing.")
                    report.text("more\n")
                    report.finish()
                }) ?? ""
        }
        XCTAssertEqual(output, "(kvmdbg) run\nhalf\nmore\n")
        XCTAssertTrue(errors.hasPrefix("a \"b\".kdbg:3:1: This does not hold.\n"), errors)
        XCTAssertTrue(errors.hasSuffix("Skipped: Nothing.\n"), errors)
    }

    func testColour() throws {
        XCTAssertEqual(
            try shown(echoes: true, coloured: true) { (report) in
                report.began(command: "run")
                report.failed(Failure(command: "x", location: nil, message: "No."))
            }, "\u{1B}[2m(kvmdbg) \u{1B}[0mrun\nNo.\n")
        let style = Style(isColoured: true)
        XCTAssertEqual(style.failure("a"), "\u{1B}[1;31ma\u{1B}[0m")
        XCTAssertEqual(style.failure(""), "")
        XCTAssertEqual(Style(isColoured: false).symbol("a"), "a")
    }

    func testExitStatuses() {
        XCTAssertEqual(
            [ExitStatus.passed, .failed, .usage, .skipped, .timedOut, .interrupted].map { $0.code },
            [0, 1, 2, 4, 124, 130])
        XCTAssertEqual(ExitStatus(256).code, 0)
        XCTAssertEqual(ExitStatus(-1).code, 255)
    }
}
