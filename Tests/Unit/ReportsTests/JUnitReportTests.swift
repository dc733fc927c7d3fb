import Foundation
import FoundationXML
import Host
import XCTest

@testable import Reports

final class JUnitReportTests: XCTestCase {
    private func junit(_ body: (JUnitReport) -> Void) -> String {
        var document: [UInt8] = []
        let report = JUnitReport(facts: facts()) { document += $0 }
        body(report)
        XCTAssertEqual(document, [], "it is written in the end")
        report.finish()
        return String(decoding: document, as: UTF8.self)
    }

    private func parsed(_ text: String) throws -> XMLDocument {
        let document = try XMLDocument(xmlString: text, options: [])
        let element = try XCTUnwrap(document.nodes(forXPath: "/testsuites/testsuite").first as? XMLElement)
        for (attribute, path) in [
            ("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error"),
            ("skipped", "testcase/skipped"),
        ] {
            XCTAssertEqual(
                element.attribute(forName: attribute)?.stringValue, "\(try element.nodes(forXPath: path).count)",
                attribute)
        }
        return document
    }

    func testTheSchemaHoldsForEveryStory() throws {
        for story in Story.allCases {
            let text = junit { story.tell($0) }
            let (status, shown) = try output(
                of: "/usr/bin/xmllint", ["--noout", "--schema", root + "/Tests/reports/junit.xsd", "INPUT"], input: text
            )
            XCTAssertEqual(status, 0, "\(story): \(shown)\n\(text)")
            let document = try parsed(text)
            let counts = (
                try document.nodes(forXPath: "//testcase").count, try document.nodes(forXPath: "//failure").count,
                try document.nodes(forXPath: "//error").count, try document.nodes(forXPath: "//skipped").count
            )
            switch story {
            case .nothing, .skippedAtOnce, .skippedLater: XCTAssertTrue(counts == (1, 0, 0, 1), "\(story) \(counts)")
            case .allPassed: XCTAssertTrue(counts == (1, 0, 0, 0), "\(counts)")
            case .aFailure: XCTAssertTrue(counts == (1, 1, 0, 0), "\(counts)")
            case .tests: XCTAssertTrue(counts == (5, 1, 1, 1), "\(counts)")
            case .allSkipped: XCTAssertTrue(counts == (2, 0, 0, 2), "\(counts)")
            case .names: XCTAssertTrue(counts == (Story.awkward.count, Story.awkward.count, 0, 0), "\(counts)")
            case .timeout, .interrupted: XCTAssertTrue(counts == (1, 0, 1, 0), "\(story) \(counts)")
            case .known: XCTAssertTrue(counts == (3, 0, 0, 2), "\(counts)")
            case .noise: XCTAssertTrue(counts == (1, 0, 0, 0), "\(counts)")
            case .sameNames: XCTAssertTrue(counts == (3, 0, 0, 0), "\(counts)")
            case .noTestsInATest: XCTAssertTrue(counts == (2, 0, 0, 0), "\(counts)")
            }
        }
    }

    func testTheSchemaRefusesWhatIsNot() throws {
        let text = junit { Story.tests.tell($0) }
        for (part, other) in [
            ("<failure ", "<fault "), (" tests=\"5\"", ""), ("<system-err></system-err>\n", ""),
            ("time=\"0.", "time=\"x."),
            ("<testcase name=\"one\"", "<testcase"),
        ] {
            XCTAssertTrue(text.contains(part), part)
            let broken = text.replacingOccurrences(of: part, with: other)
            let (status, _) = try output(
                of: "/usr/bin/xmllint", ["--noout", "--schema", root + "/Tests/reports/junit.xsd", "INPUT"],
                input: broken)
            XCTAssertNotEqual(status, 0, part)
        }
    }

    func testADocument() throws {
        let text = junit { (report) in
            report.testBegan("one", at: nil)
            report.console(Array("a\u{1B}[1m<b>\n".utf8))
            report.failed(failure)
            report.testEnded(TestResult(.failed(.expectation)))
        }
        XCTAssertEqual(
            text,
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
            <testsuite name="story.kdbg" package="kvmdbg" id="0" tests="1" failures="1" errors="0" skipped="0" time="0.004" \
            timestamp="2026-11-25T14:30:00" hostname="host">
            <properties>
            <property name="kernel" value="Linux 6.12 &quot;x&quot;"/>
            <property name="capabilities" value="ONE_REG=1 &lt;&amp;&gt;"/>
            </properties>
            <testcase name="one" classname="story.kdbg" time="0.001">
            <failure message="This does not hold." type="expectation">a "b".kdbg:3:1: This does not hold.
              expect $pc == &amp;main
                     ^~~
              $pc: 0x80000008 (2147483656) &lt;own&gt;
              &amp;main: 0x80000010 (2147483664) &lt;main&gt;
              stop: a: b # c</failure>
            </testcase>
            <system-out>a\\x1b[1m&lt;b&gt;
            </system-out>
            <system-err></system-err>
            </testsuite>
            </testsuites>

            """)
    }

    func testOfAnEndlessConsoleTheLastIsKept() throws {
        let line = Array((String(repeating: "x", count: 1023) + "\n").utf8)
        let text = junit { (report) in
            for _ in 0..<20_000 { report.console(line) }
            report.console(Array("the end\n".utf8))
        }
        XCTAssertLessThan(text.utf8.count, 5 << 20)
        XCTAssertTrue(text.contains("the end\n</system-out>"))
        XCTAssertTrue(text.contains("<system-out>[\(20_000 * 1024 + 8 - 4 << 20) bytes before this were left out]\n"))
    }
}
