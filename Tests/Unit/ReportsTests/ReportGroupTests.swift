import Host
import XCTest

@testable import Reports

final class ReportGroupTests: XCTestCase {
    func testEachIsToldAll() throws {
        for story in Story.allCases {
            let alone = try captured { (sink) in
                let report = TAPReport(output: sink, harnessVersion: nil)
                story.tell(report)
                report.finish()
            }
            var first = ""
            let second = try captured { (sink) in
                first =
                    (try? captured { (other) in
                        let group = ReportGroup([
                            .init(TAPReport(output: other, harnessVersion: nil)),
                            .init(TAPReport(output: sink, harnessVersion: nil)),
                        ])
                        story.tell(group)
                        group.finish()
                    }) ?? ""
            }
            XCTAssertEqual(first, alone)
            XCTAssertEqual(second, alone)
        }
    }

    func testColourIsForThoseWhoTakeIt() throws {
        let style = Style(isColoured: true)
        let text = style.address("0x10") + " " + style.symbol("<main>") + "\n"
        var plain = ""
        let coloured = try captured { (sink) in
            plain =
                (try? captured { (other) in
                    let group = ReportGroup([
                        .init(HumanReport(output: sink, errors: sink, style: style, echoes: false), takesColour: true),
                        .init(HumanReport(output: other, errors: other, style: style, echoes: false)),
                    ])
                    group.text(text)
                    group.finish()
                }) ?? ""
        }
        XCTAssertEqual(coloured, text)
        XCTAssertEqual(plain, "0x10 <main>\n")
        XCTAssertEqual(Style.plain("a\u{1B}b \u{1B}[2J\u{1B}[1;31mc\u{1B}[0m \u{1B}[1"), "a\u{1B}b \u{1B}[2Jc \u{1B}[1")
    }
}
