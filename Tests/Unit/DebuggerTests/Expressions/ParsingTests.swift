import Debugger
import XCTest

final class ParsingTests: XCTestCase {
    func testPrefixStopsAtTheFirstForeignWord() throws {
        for (text, offset, end) in [
            ("$pc + 4 if $a0", 0, 8), ("expect $s ~ /re gex/", 7, 10), ("1", 0, 1), ("1  ", 0, 3),
            ("main within 5s", 0, 5),
            ("1 @", 0, 2), ("2, 3", 0, 1), ("x 'y", 0, 2),
        ] {
            XCTAssertEqual(try Expression.prefix(of: text, from: offset).end, end, text)
        }
    }

    func testList() throws {
        let list = try Expression.list(parsing: "1 + 1, $a = 2, 3")
        XCTAssertEqual(list.map(\.hasAssignment), [false, true, false])
        XCTAssertEqual(list.map(\.span), [SourceSpan(0, 5), SourceSpan(7, 13), SourceSpan(15, 16)])
        let sum = "1" + String(repeating: "+ 1", count: 1000)
        XCTAssertEqual(try Expression.list(parsing: sum + "," + sum).count, 2, "the limits are those of one expression")
        XCTAssertThrowsError(try Expression.list(parsing: "1,"))
        XCTAssertThrowsError(try Expression.list(parsing: "1 2"))
    }

    func testAssignmentsAreKnown() throws {
        XCTAssertTrue(try Expression(parsing: "1 + (counter += 1)").hasAssignment)
        XCTAssertFalse(try Expression(parsing: "$a0 == 1").hasAssignment)
    }

    func testDepthAndLengthAreBounded() {
        func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
        func message(_ text: String) -> String? {
            do {
                _ = try Expression(parsing: text).evaluate(in: ScriptedContext())
                return nil
            } catch {
                return error.message
            }
        }
        let deep = "The expression nests more than 200 levels deep."
        let long = "The expression has more than 1000 operators; compute parts of it into variables first."
        for count in [200, 201, 100_000] {
            let expected = count == 200 ? nil : deep
            XCTAssertEqual(message(repeated("(", count) + "1" + repeated(")", count)), expected)
            XCTAssertEqual(message(repeated("- ", count) + "1"), expected)
            XCTAssertEqual(message(repeated("1 ? 2 : ", count) + "3"), expected)
            XCTAssertEqual(message(repeated("$x = ", count) + "3"), expected)
            XCTAssertEqual(message(repeated("(u8)", count) + "3"), expected)
        }
        for count in [1000, 1001, 100_000] {
            XCTAssertEqual(message("1" + repeated("+ 1", count)), count == 1000 ? nil : long)
        }
        XCTAssertEqual(message("$p" + repeated("[0]", 100_000)), long)
        XCTAssertEqual(message(repeated("$p[", 100_000)), deep)
        XCTAssertEqual(message(repeated("{u8}", 100_000)), deep)
        XCTAssertEqual(message(repeated("u8 ", 100_000)), message("u8"))
        XCTAssertEqual(message("(" + repeated("long ", 100_000) + ")1"), "These words together name no type.")
    }

    /// Random soups of words and bytes: whatever they are, an error or a value comes out, and spans lie in the text.
    func testRandomTextNeitherCrashesNorHangs() {
        let words = [
            "1", "0x", "0x7f", "18446744073709551615", "9223372036854775808", "0", "'a'", "'", "\"s\"", "\"", "$pc",
            "$x", "$", "$$", "$3",
            "main", "counter", "table", "nosuch", "u8", "u32", "i64", "unsigned", "long", "(u8)", "(u64 *)", "{u32}",
            "{", "}", "(", ")", "[",
            "]", "+", "-", "*", "/", "%", "~", "!", "&", "|", "^", "<<", ">>", "<", ">=", "==", "!=", "&&", "||", "?",
            ":", "=", "+=", "<<=",
            ">>=", ",", "++", "->", ".", "\\", "@", "é", "\n", " ", "-1", "63", "64", "%d", "%s",
        ].map { [UInt8]($0.utf8) }
        var random = SplitMix(state: 2)
        let context = ScriptedContext()
        var values = 0
        for _ in 0..<20_000 {
            var bytes: [UInt8] = []
            for _ in 0..<random.next(below: 12) {
                bytes +=
                    random.next(below: 20) == 0
                    ? [UInt8(random.next(below: 256))] : words[random.next(below: words.count)]
                if random.next(below: 3) == 0 { bytes.append(0x20) }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            do {
                _ = try Expression(parsing: text).evaluate(in: context).formatted(symbol: ScriptedContext.symbolised)
                values += 1
            } catch {
                XCTAssertTrue(0 <= error.span.start && error.span.start <= error.span.end, text)
                XCTAssertLessThanOrEqual(error.span.end, text.utf8.count, text)
                XCTAssertTrue(error.carets(under: text).contains("^"), text)
            }
            _ = try? FormattedText(parsing: "\"" + text + "\", 1").render(in: context)
        }
        XCTAssertGreaterThan(values, 300, "too few of the texts are expressions")
    }
}

/// A small random number generator with a seed (SplitMix64).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func next(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
