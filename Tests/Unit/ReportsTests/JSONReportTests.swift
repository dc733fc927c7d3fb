import Foundation
import Host
import XCTest

@testable import Reports

final class JSONReportTests: XCTestCase {
    private func json(_ body: (JSONReport) -> Void) throws -> String {
        try captured { (sink) in
            let report = JSONReport(output: sink, facts: facts())
            body(report)
            report.finish()
        }
    }

    private func events(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try XCTUnwrap(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    private func check(_ text: String) throws -> (status: Int32, text: String) {
        try output(of: root + "/Tests/reports/events.py", ["INPUT"], input: text)
    }

    func testTheSchemaHoldsForEveryStory() throws {
        for story in Story.allCases {
            let text = try json { story.tell($0) }
            let (status, shown) = try check(text)
            XCTAssertEqual(status, 0, "\(story): \(shown)\n\(text)")
        }
    }

    func testTheSchemaRefusesWhatIsNot() throws {
        let text = try json { Story.tests.tell($0) }
        for (part, other) in [
            ("\"verdict\":\"skipped\",\"reason\":", "\"verdict\":\"skipped\",\"known\":"),
            ("\"kind\":\"expectation\"", "\"kind\":\"x\""),
            ("{\"event\":\"end\"", "{\"event\":\"fin\""), ("\"line\":3", "\"line\":\"3\""), ("}\n", "}"),
            ("{\"event\":\"test-ended\"", "{\"event\":\"note\",\"text\":\"x\"}\n{\"event\":\"test-begun\""),
        ] {
            XCTAssertTrue(text.contains(part), part)
            let (status, _) = try check(text.replacingOccurrences(of: part, with: other))
            XCTAssertEqual(status, 1, part)
        }
    }

    func testAnEventForEachThing() throws {
        let text = try json { Story.tests.tell($0) }
        XCTAssertEqual(
            try events(text).map { $0["event"] as? String ?? "" },
            [
                "start", "passed", "command", "test-began", "passed", "test-ended", "test-began", "console", "passed",
                "failed", "test-ended", "test-began", "test-ended", "test-began", "failed", "test-ended", "end",
            ])
        let end = try XCTUnwrap(events(text).last)
        XCTAssertEqual(
            ["tests", "passed", "failed", "known", "skipped", "expectations", "failures"].map { end[$0] as? Int },
            [4, 1, 2, 0, 1, 3, 2])
    }

    func testAFailureHasAllItsParts() throws {
        let event = try XCTUnwrap(events(try json { $0.failed(diagnosed) })[1])
        XCTAssertEqual(event["kind"] as? String, "expectation")
        XCTAssertEqual(event["message"] as? String, failure.message)
        XCTAssertEqual((event["at"] as? [String: Any])?["file"] as? String, "a \"b\".kdbg")
        XCTAssertEqual(event["excerpt"] as? [String], failure.excerpt)
        let details = try XCTUnwrap(event["details"] as? [[String: String]])
        XCTAssertEqual(details.map { $0["name"] ?? "" }, ["$pc", "&main", "stop"])
        let sections = try XCTUnwrap(event["sections"] as? [[String: Any]])
        XCTAssertEqual(sections.map { $0["lines"] as? [String] ?? [] }, diagnosed.sections.map { $0.lines })
    }

    func testNoByteOfTheConsoleIsLost() throws {
        let chunks: [[UInt8]] = [Array("plain\n\u{1B}[1m\r\n".utf8), [0xFF, 0x00, 0x0A], [0xE2, 0x82], [0xAC]]
        let told = try events(try json { (report) in for chunk in chunks { report.console(chunk) } })
        let bytes = told.filter { $0["event"] as? String == "console" }.map { (event) -> [UInt8] in
            guard let digits = event["bytes"] as? String else { return Array((event["text"] as? String ?? "").utf8) }
            return stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(digits.dropFirst($0).prefix(2), radix: 16)
            }
        }
        XCTAssertEqual(bytes, chunks)
    }
}
