import Foundation
import Host
import XCTest

@testable import Reports

final class TAPReportTests: XCTestCase {
    /// What is written for a harness that takes version 13, as the one of Debian 12.
    private func tap(_ version: String? = "13", _ body: (TAPReport) -> Void) throws -> String {
        try captured { (sink) in
            let report = TAPReport(output: sink, harnessVersion: version)
            body(report)
            report.finish()
        }
    }

    /// Whether `prove` takes the text for a test that passed, and what it says.
    private func prove(_ text: String) throws -> (passed: Bool, text: String) {
        // `cat` is what makes a file of TAP a test that prints it.
        let (status, shown) = try output(of: "/usr/bin/prove", ["-e", "/bin/cat", "INPUT"], input: text)
        return (status == 0, shown)
    }

    func testAllPassed() throws {
        let text = try tap { (report) in
            report.began(command: "run")
            report.text("Breakpoint 1\n")
            report.began(command: "expect 1")
            report.passed("expect 1")
            report.passed("expect 2")
        }
        XCTAssertEqual(
            text,
            """
            TAP version 13
            # (kvmdbg) run
            # Breakpoint 1
            ok 1 - expect 1
            ok 2 - expect 2
            1..2

            """)
        let verdict = try prove(text)
        XCTAssertTrue(verdict.passed, verdict.text)
        XCTAssertTrue(verdict.text.contains("Files=1, Tests=2"), verdict.text)
    }

    func testAFailure() throws {
        let text = try tap { (report) in
            report.passed("expect 1")
            report.failed(failure)
        }
        XCTAssertEqual(
            text,
            """
            TAP version 13
            ok 1 - expect 1
            not ok 2 - expect $pc == &main
              ---
              message: "This does not hold."
              at:
                file: "a \\"b\\".kdbg"
                line: 3
                column: 1
              "$pc": "0x80000008 (2147483656) <own>"
              "&main": "0x80000010 (2147483664) <main>"
              stop: "a: b # c"
              source:
                - "expect $pc == &main"
                - "       ^~~"
              ...
            1..2

            """)
        let verdict = try prove(text)
        XCTAssertFalse(verdict.passed, verdict.text)
        XCTAssertTrue(verdict.text.contains("Failed 1/2 subtests"), verdict.text)
    }

    func testSkippedBeforeAnything() throws {
        let text = try tap { $0.skipped("There is no RISC-V KVM here.\nUse the lab.") }
        XCTAssertEqual(text, "TAP version 13\n1..0 # SKIP There is no RISC-V KVM here.\\x0aUse the lab.\n")
        let verdict = try prove(text)
        XCTAssertTrue(verdict.passed, verdict.text)
        XCTAssertTrue(verdict.text.contains("skipped: There is no RISC-V KVM here."), verdict.text)
    }

    func testSkippedInTheMiddle() throws {
        let text = try tap { (report) in
            report.passed("expect 1")
            report.text("half a line")
            report.skipped("No more.")
        }
        XCTAssertEqual(text, "TAP version 13\nok 1 - expect 1\n# half a line\nok 2 # SKIP No more.\n1..2\n")
        XCTAssertTrue(try prove(text).passed)
    }

    func testTheVersion() throws {
        XCTAssertEqual(try tap(nil) { $0.passed("x") }, "TAP version 14\nok 1 - x\n1..1\n")
        XCTAssertEqual(try tap("14") { $0.passed("x") }, "TAP version 14\nok 1 - x\n1..1\n")
        XCTAssertEqual(try tap("13") { $0.passed("x") }, "TAP version 13\nok 1 - x\n1..1\n")
    }

    func testNothingWasExpected() throws {
        let text = try tap { $0.text("hello\n") }
        XCTAssertEqual(text, "TAP version 13\n# hello\n1..0 # SKIP nothing was expected\n")
    }

    func testWhatTheConsoleSaysIsNeverTAP() throws {
        let text = try tap { (report) in
            report.console(Array("not ok 1 - a trap\nBail out!\n1..9".utf8))
            report.console(Array("99\r\n\n\u{1B}[31mred\u{7}".utf8))
            report.passed("expect 1")
            report.console([0xFF, 0xC3, 0x28, 0x0A])
        }
        XCTAssertEqual(
            text,
            """
            TAP version 13
            # not ok 1 - a trap
            # Bail out!
            # 1..999\\x0d
            #
            # \\x1b[31mred\\x07
            ok 1 - expect 1
            # \u{FFFD}\u{FFFD}(
            1..1

            """)
        XCTAssertTrue(try prove(text).passed)
    }

    func testDescriptionsHaveNoDirective() throws {
        let text = try tap { (report) in
            report.passed("expect 1 # TODO later")
            report.passed("expect \"a\\n\" == \"#\"")
            report.failed(Failure(command: "expect 0 # SKIP\tme\n", location: nil, message: "No."))
        }
        XCTAssertEqual(
            text,
            """
            TAP version 13
            ok 1 - expect 1 \\# TODO later
            ok 2 - expect "a\\\\n" == "\\#"
            not ok 3 - expect 0 \\# SKIP\tme\\\\x0a
              ---
              message: "No."
              ...
            1..3

            """)
        let verdict = try prove(text)
        XCTAssertFalse(verdict.passed, "what is not ok must not be taken for skipped: " + verdict.text)
        XCTAssertTrue(verdict.text.contains("Failed 1/3 subtests"), verdict.text)
    }

    /// The diagnostics as a YAML parser reads them.
    func testDiagnosticsAreYAML() throws {
        let awkward = [
            "", " ", "plain", "a: b", "# c", "- d", "\"e\"", "\\f\\", "g\nh\ti\r", "\u{0}\u{1B}\u{7F}\u{85}\u{A0}",
            "é€😀",
            "*x", "&y", "{u32}$sp", "[1]", "!t", "%d", "@", "`", "|", ">", "?", "yes", "null", "1", "\u{2028}\u{FEFF}",
        ]
        let failure = Failure(
            command: "x", location: SourceLocation(file: awkward[8], line: 1, column: 2), message: awkward[9],
            excerpt: ["  print \"\u{1}\" # x: - y", "    ^", "init: a", ":", "a:b: c", ""],
            details: awkward.filter { !$0.isEmpty }.map { (name: $0, value: $0) } + [
                ("expected", ""), ("a_b-c 9", "z"),
            ])
        let block =
            try tap { $0.failed(failure) }.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.hasPrefix("  ") }.map { $0.dropFirst(2) }.joined(separator: "\n") + "\n"
        let program =
            "import sys, json, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], 'rb').read().decode())))"
        let (status, text) = try output(of: "/usr/bin/python3", ["-c", program, "INPUT"], input: block)
        XCTAssertEqual(status, 0, text + "\n" + block)
        let parsed = try XCTUnwrap(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        XCTAssertEqual(parsed["message"] as? String, failure.message)
        XCTAssertEqual((parsed["at"] as? [String: Any])?["file"] as? String, awkward[8])
        XCTAssertEqual((parsed["at"] as? [String: Any])?["column"] as? Int, 2)
        XCTAssertEqual(parsed["source"] as? [String], failure.excerpt)
        for detail in failure.details { XCTAssertEqual(parsed[detail.name] as? String, detail.value, detail.name) }
    }

    /// Test::Harness takes every story; what it makes of each.
    func testProveReadsEveryStory() throws {
        for story in Story.allCases {
            let text = try tap { story.tell($0) }
            let verdict = try prove(text)
            let shouldFail = [.aFailure, .tests, .names, .timeout, .interrupted].contains(story)
            XCTAssertEqual(verdict.passed, !shouldFail, "\(story): \(verdict.text)\n\(text)")
            XCTAssertFalse(verdict.text.contains("Parse errors"), "\(story): \(verdict.text)\n\(text)")
        }
    }

    func testSubtests() throws {
        let text = try tap("14") { (report) in
            report.began(command: "test \"one # x\"")
            report.testBegan("one # x", at: nil)
            report.began(command: "echo said")
            report.text("said\n")
            report.passed("expect 1")
            report.failed(failure)
            report.testEnded(TestResult(.failed(.expectation)))
            report.testBegan("two", at: nil)
            report.testEnded(TestResult(.skipped("Not \\ here # yet.")))
            report.testBegan("three", at: nil)
            report.testEnded(TestResult(.passed))
            report.passed("expect outside")
            report.testBegan("four", at: nil)
            report.passed("expect 1")
            report.testEnded(TestResult(.skipped("No more.")))
        }
        XCTAssertEqual(
            text,
            """
            TAP version 14
            # (kvmdbg) test "one # x"
            # Subtest: one # x
                # (kvmdbg) echo said
                # said
                ok 1 - expect 1
                not ok 2 - expect $pc == &main
                  ---
                  message: "This does not hold."
                  at:
                    file: "a \\"b\\".kdbg"
                    line: 3
                    column: 1
                  "$pc": "0x80000008 (2147483656) <own>"
                  "&main": "0x80000010 (2147483664) <main>"
                  stop: "a: b # c"
                  source:
                    - "expect $pc == &main"
                    - "       ^~~"
                  ...
                1..2
            not ok 1 - one \\# x
            # Subtest: two
                1..0 # SKIP Not \\ here # yet.
            ok 2 - two # SKIP Not \\\\ here \\# yet.
            # Subtest: three
                1..0 # SKIP nothing was expected
            ok 3 - three
            ok 4 - expect outside
            # Subtest: four
                ok 1 - expect 1
                1..1
            ok 5 - four # SKIP No more.
            1..5

            """)
    }

    func testKnownFailuresAreTODO() throws {
        let text = try tap { Story.known.tell($0) }
        XCTAssertTrue(text.contains("    not ok 1 - expect $pc == &main # TODO bug \\# 5\n"), text)
        XCTAssertTrue(text.contains("\nnot ok 1 - bug # TODO bug \\# 5\n"), text)
        XCTAssertTrue(text.contains("\nok 2 - mended # TODO bug \\# 6\n"), text)
        let verdict = try prove(text)
        XCTAssertTrue(verdict.passed, verdict.text)
        XCTAssertTrue(verdict.text.contains("TODO passed:   2"), verdict.text)
    }

    func testARunThatIsCutShortIsNoSuccess() throws {
        let lines = try tap { Story.sameNames.tell($0) }.split(separator: "\n")
        for count in 1..<lines.count {
            let part = lines.prefix(count).joined(separator: "\n") + "\n"
            XCTAssertFalse(try prove(part).passed, part)
        }
    }

    func testWhatFailsBehindASkipHasOnePlan() throws {
        let text = try tap { (report) in
            report.began(command: "require cap X")
            report.skipped("No X.")
            report.began(command: "print 1 / 0")
            report.failed(Failure(command: "print 1 / 0", location: nil, message: "Division by zero."))
        }
        XCTAssertEqual(
            text,
            """
            TAP version 13
            # (kvmdbg) require cap X
            # Skipped: No X.
            not ok 1 - print 1 / 0
              ---
              message: "Division by zero."
              ...
            1..1

            """)
    }
}
