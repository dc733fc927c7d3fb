import Foundation
import Host
import XCTest

@testable import Reports

final class KTAPReportTests: XCTestCase {
    private func ktap(_ body: (KTAPReport) -> Void) throws -> String {
        try captured { (sink) in
            let report = KTAPReport(output: sink, name: "story.kdbg")
            body(report)
            report.finish()
        }
    }

    /// What the kernel's reader makes of it.
    private func read(_ text: String) throws -> (isRight: Bool, tests: [[String: Any]], text: String) {
        let (status, shown) = try output(of: root + "/Tests/reports/ktap.py", ["INPUT"], input: text)
        let object = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any]
        return (status == 0, object?["tests"] as? [[String: Any]] ?? [], shown)
    }

    func testTheKernelReadsEveryStory() throws {
        for story in Story.allCases {
            let text = try ktap { story.tell($0) }
            let result = try read(text)
            XCTAssertTrue(result.isRight, "\(story): \(result.text)\n\(text)")
            XCTAssertEqual(result.tests.count, 1)
            let shouldFail = [.aFailure, .tests, .names, .timeout, .interrupted].contains(story)
            XCTAssertEqual(result.tests.first?["status"] as? String, shouldFail ? "not ok" : "ok", "\(story)\n\(text)")
        }
    }

    func testAScriptWithTests() throws {
        let text = try ktap { (report) in
            report.began(command: "load x")
            report.passed("expect outside")
            report.testBegan("one # x", at: nil)
            report.text("said\n")
            report.passed("expect 1")
            report.failed(failure)
            report.testEnded(TestResult(.failed(.expectation)))
            report.testBegan("two", at: nil)
            report.testEnded(TestResult(.skipped("Not here.")))
            report.testBegan("three", at: nil)
            report.failed(Failure(kind: .timeout, command: "run", location: nil, message: "Too long."))
            report.testEnded(TestResult(.failed(.timeout)))
        }
        XCTAssertEqual(
            text,
            """
            KTAP version 1
            1..1
            # (kvmdbg) load x
              KTAP version 1
              # Subtest: story.kdbg
              ok 1 expect outside
              # said
                KTAP version 1
                # Subtest: one \\x23 x
                ok 1 expect 1
                # a "b".kdbg:3:1: This does not hold.
                #   expect $pc == &main
                #          ^~~
                #   $pc: 0x80000008 (2147483656) <own>
                #   &main: 0x80000010 (2147483664) <main>
                #   stop: a: b # c
                not ok 2 expect $pc == &main
              not ok 2 one \\x23 x
              ok 3 two # SKIP Not here.
                KTAP version 1
                # Subtest: three
                # Too long.
                not ok 1 run # TIMEOUT Too long.
              not ok 4 three
            not ok 1 story.kdbg

            """)
    }

    func testANumberSignInADirectiveIsNoDirective() throws {
        let text = try ktap { (report) in
            report.failed(Failure(command: "load \"a # SKIP b\"", location: nil, message: "No file \"a # SKIP b\"."))
            report.testBegan("two", at: nil)
            report.testEnded(TestResult(.skipped("for # SKIP")))
        }
        XCTAssertTrue(
            text.contains(
                "not ok 1 load \"a \\x23 SKIP b\" # ERROR No file \"a \\x23 SKIP b\".\n  ok 2 two # SKIP for \\x23 SKIP\n"
            ), text)
        XCTAssertTrue(try read(text).isRight, text)
        // The reader takes the last one for the directive.
        XCTAssertFalse(try read("KTAP version 1\n1..1\nnot ok 1 a # ERROR b # SKIP c\n").isRight)
    }

    func testWithoutAnyTestTheScriptIsSkipped() throws {
        XCTAssertEqual(
            try ktap { $0.text("hello\n") },
            "KTAP version 1\n1..1\n# hello\nok 1 story.kdbg # SKIP nothing was expected\n")
        XCTAssertEqual(
            try ktap { $0.skipped("No KVM.") }, "KTAP version 1\n1..1\nok 1 story.kdbg # SKIP No KVM.\n")
    }

    func testARunThatIsCutShortIsNoSuccess() throws {
        let text = try ktap { Story.tests.tell($0) }
        let lines = text.split(separator: "\n")
        for count in 1..<lines.count {
            let part = lines.prefix(count).joined(separator: "\n") + "\n"
            XCTAssertFalse(try read(part).isRight, part)
        }
    }
}
