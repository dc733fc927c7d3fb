import XCTest

@testable import Commands

/// Regular expressions as commands have them.
final class PatternTests: XCTestCase {
    private func pattern(_ text: String) throws -> Pattern {
        var arguments = Arguments(
            bytes: Array(text.utf8), position: 0, format: nil, formatSpan: .init(0, 0))
        return try arguments.takePattern()
    }

    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        try self.pattern(pattern).matches(Array(text.utf8))
    }

    private func assertRefused(
        _ text: String, _ message: String, _ start: Int, _ end: Int, line: UInt = #line
    ) {
        XCTAssertThrowsError(try pattern(text), line: line) { error in
            guard case .syntax(let told, let span)? = error as? CommandError else { return XCTFail("\(error)") }
            XCTAssertEqual(told, message, line: line)
            XCTAssertEqual([span.start, span.end], [start, end], line: line)
        }
    }

    func testMatches() throws {
        XCTAssertTrue(try matches("/b+/", "abba"))
        XCTAssertFalse(try matches("/B+/", "abba"))
        XCTAssertTrue(try matches("/B+/i", "abba"))
        XCTAssertTrue(try matches("/a\\/b/", "a/b"))
        XCTAssertTrue(try matches("/\\\\\\//", "\\/"))
        XCTAssertTrue(try matches("//", ""))
        XCTAssertTrue(try matches("/\\xff\\x00/", "x") == false)
        XCTAssertTrue(try pattern("/^\\xff\\x00$/").matches([0xFF, 0]), "bytes, not characters")
        XCTAssertTrue(try matches("/é/", "é"))
    }

    func testLines() throws {
        for end in ["\n", "\r\n", "\r"] {
            XCTAssertTrue(try matches("/^two$/", "one\(end)two\(end)three"))
            XCTAssertFalse(try matches("/one.two/", "one\(end)two"))
        }
        XCTAssertFalse(try matches("/\\Atwo/", "one\ntwo"))
    }

    func testWhatIsNone() {
        assertRefused("/a(b/", "This is no regular expression: missing closing parenthesis.", 4, 5)
        assertRefused("/*/", "This is no regular expression: quantifier does not follow a repeatable item.", 1, 2)
        assertRefused("/abc", "The slash at the end of this regular expression is missing.", 0, 4)
        assertRefused("/abc\\/", "The slash at the end of this regular expression is missing.", 0, 6)
        assertRefused("/abc\\", "The slash at the end of this regular expression is missing.", 0, 5)
        assertRefused("abc", "A regular expression is expected here, as in /text/.", 0, 3)
        assertRefused("", "A regular expression is expected here, as in /text/.", 0, 0)
        let letters =
            "Behind a regular expression only an i can stand, for which case does not matter; a slash in it is written \\/."
        assertRefused("/a/x", letters, 3, 4)
        assertRefused("/a/b/", letters, 3, 5)
        assertRefused("/(*UTF)a/", "This is no regular expression: using UTF is disabled by the application.", 7, 8)
    }

    func testALongOneIsRefused() throws {
        XCTAssertTrue(try matches("/" + String(repeating: "a", count: 4096) + "/", String(repeating: "a", count: 5000)))
        assertRefused(
            "/" + String(repeating: "a", count: 4097) + "/",
            "A regular expression has at most 4096 bytes, and this one has 4097.", 0, 4099)
    }

    func testADeepOneIsRefused() throws {
        func nested(_ depth: Int) -> String {
            "/" + String(repeating: "(", count: depth) + String(repeating: ")", count: depth) + "/"
        }
        XCTAssertTrue(try matches(nested(100), ""))
        XCTAssertThrowsError(try pattern(nested(101)))
        XCTAssertThrowsError(try pattern(nested(2000)))
    }

    func testALargeOneIsRefused() {
        XCTAssertThrowsError(try pattern("/(((a{1000}){1000}){1000}){1000}/"))
    }

    func testAnEndlessSearchIsGivenUp() throws {
        for (text, count) in [("/^(a|aa)+c/", 60), ("/(a+)+$b/", 60), ("/(?:a?){40}a{40}c/", 45)] {
            let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: count) + Array("bcxy".utf8)
            let began = Date()
            do {
                let found = try pattern(text).matches(bytes)
                XCTAssertFalse(found, text)
            } catch CommandError.failed(let message, _) {
                XCTAssertTrue(message.contains("was given up"), message)
            }
            XCTAssertLessThan(Date().timeIntervalSince(began), 20, text)
        }
        XCTAssertThrowsError(try matches("/^(a|aa)+c/", String(repeating: "a", count: 60) + "bc")) { error in
            guard case .failed(let message, let span)? = error as? CommandError else { return XCTFail("\(error)") }
            XCTAssertEqual(
                message,
                "The search for /^(a|aa)+c/ in 62 bytes was given up: match limit exceeded. It can match in too many ways: "
                    + "put fewer repetitions into each other.")
            XCTAssertEqual(span, .init(0, 11))
        }
    }

    func testRecursionIsGivenUp() {
        XCTAssertThrowsError(try matches("/(?R)/", "a"))
        XCTAssertThrowsError(try matches("/^(a(?1)?b|a(?1)c)+d/", String(repeating: "a", count: 4000) + "xd"))
    }

    func testNoBytesMakeItCrash() {
        // Each byte that can stand in a line, alone, twice, and in a class.
        for byte in 0x20...0x7E as ClosedRange<UInt8> {
            let text = String(decoding: [byte], as: UTF8.self)
            for pattern in [text, text + text, "[" + text + "]", "(" + text, "\\" + text, "(?" + text, text + "{1,2}"] {
                _ = try? matches("/" + pattern + "/", "some text")
            }
        }
    }

    func testWhatMayStillCome() throws {
        func find(_ pattern: String, _ text: String, from: Int = 0) throws -> Pattern.Finding {
            try self.pattern(pattern).find(in: Array(text.utf8), from: from, isOpen: true)
        }
        XCTAssertEqual(try find("/bcd/", "abc"), .begun(1))
        XCTAssertEqual(try find("/bcd/", "abcd"), .match(1..<4))
        XCTAssertEqual(try find("/bcd/", "abx"), .nothing)
        XCTAssertEqual(try find("/\\d+/", "a12"), .begun(1))
        XCTAssertEqual(try find("/\\d+/", "a12 "), .match(1..<3))
        XCTAssertEqual(try find("/a$/", "a"), .begun(0))
        XCTAssertEqual(try find("/a$/", "a\r\n"), .match(0..<1))
        XCTAssertEqual(try find("/b/", "abab", from: 2), .match(3..<4))
        XCTAssertEqual(try find("/(?<=a)b/", "ab", from: 1), .match(1..<2), "what stands before is seen")
    }
}
