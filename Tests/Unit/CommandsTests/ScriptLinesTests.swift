import XCTest

@testable import Commands
@testable import Support

final class ScriptLinesTests: XCTestCase {
    /// The commands of a script, each with the line and column of every byte of interest.
    private func texts(_ script: String) -> [CommandText] {
        var lines = ScriptLines(bytes: Array(script.utf8), file: "a.kdbg")
        var all: [CommandText] = []
        while let text = lines.next() { all.append(text) }
        return all
    }

    private func check(
        _ script: String, _ expected: [String], file: StaticString = #filePath, line: UInt = #line
    ) {
        XCTAssertEqual(texts(script).map { $0.text }, expected, file: file, line: line)
    }

    func testLines() {
        check("", [])
        check("\n", [""])
        check("run\ncontinue\n", ["run", "continue"])
        check("run\ncontinue", ["run", "continue"])
        check("  run \t\n\n\tcontinue", ["run", "", "continue"])
        check("run\r\ncontinue\r\n", ["run", "continue"])
        check("run\u{0}x", ["run\u{0}x"])
    }

    func testComments() {
        check("# all of it", [""])
        check("  # all of it", [""])
        check("run # behind", ["run"])
        check("run\t# behind\r\n", ["run"])
        check("echo a#b", ["echo a#b"])
        check("echo \"a # b\" # c", ["echo \"a # b\""])
        check("echo \"a \\\" # b\" # c", ["echo \"a \\\" # b\""])
        check("echo \\\" # c", ["echo \\\""])
        check("p '#'", ["p '#'"])
        check("p '\"' # c", ["p '\"'"])
        check("p '\\'' # c", ["p '\\''"])
        check("echo it's # c", ["echo it's"])
        check("#", [""])
    }

    func testContinuation() {
        check("expect 1 \\\n  == 1", ["expect 1   == 1"])
        check("expect 1 \\\r\n== 1\r\n", ["expect 1 == 1"])
        check("a \\\nb \\\nc\nd", ["a b c", "d"])
        check("run \\", ["run"])
        check("run \\\n", ["run"])
        check("# a comment \\\ngoes on\nrun", ["", "run"])
        check("\\\n  run", ["run"])
    }

    func testWhereAByteStands() throws {
        let text = try XCTUnwrap(texts("\n   expect 1 \\\n    == \\\n 2").last)
        XCTAssertEqual(text.text, "expect 1     ==  2")
        for (byte, line, column) in [(0, 2, 4), (7, 2, 11), (9, 3, 1), (13, 3, 5), (16, 4, 1), (17, 4, 2), (18, 4, 3)] {
            let location = text.location(of: byte)
            XCTAssertEqual(location?.text, "a.kdbg:\(line):\(column)", "byte \(byte)")
        }
        XCTAssertNil(CommandText(typed: "run").location(of: 0))
    }

    /// Whatever stands in a script, reading it comes to an end and places lie in it.
    func testAnyBytes() {
        var random = Seeded(state: 7)
        let letters = Array("\\\n\r\"' #\tab$\u{0}é".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? 0
            }
            let lineCount = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
            var lines = ScriptLines(bytes: bytes, file: "a")
            var before = 0
            while let text = lines.next() {
                for byte in 0...text.text.utf8.count {
                    let place = text.location(of: byte)
                    XCTAssertLessThanOrEqual(place?.line ?? .max, lineCount)
                    XCTAssertGreaterThanOrEqual(place?.column ?? 0, 1)
                }
                let line = text.location(of: 0)?.line ?? 0
                XCTAssertGreaterThan(line, before)
                before = line
            }
        }
    }
}
