import XCTest

@testable import Commands

/// What a console said, and what it is to say.
final class ConsoleLogTests: XCTestCase {
    private func text(_ text: String) -> ConsoleText { .text(Array(text.utf8), written: text) }

    private func pattern(_ text: String) throws -> ConsoleText {
        var arguments = Arguments(
            bytes: Array(text.utf8), position: 0, format: nil, formatSpan: .init(0, 0))
        return try arguments.takeConsoleText()
    }

    private func rest(_ log: ConsoleLog) -> String { String(decoding: log.rest, as: UTF8.self) }

    func testATextIsFoundOnce() throws {
        let log = ConsoleLog()
        XCTAssertFalse(log.say("one two one"))
        XCTAssertTrue(try log.take(text("one")))
        XCTAssertEqual(rest(log), " two one")
        XCTAssertTrue(try log.take(pattern("/\\w+o/")))
        XCTAssertEqual(rest(log), " one")
        XCTAssertTrue(try log.take(text("one")))
        XCTAssertFalse(try log.take(text("one")))
        XCTAssertEqual(rest(log), "")
    }

    func testThePiecesDoNotMatter() throws {
        let said = "Booting 6.12\r\nvalue 1\r\nvalue 123\r\nlogin: "
        let wanted = [
            (text("value 123"), 32), (text("login: "), 41), (try pattern("/value \\d\\d+/"), 33),
            (try pattern("/^log/"), 37),
            (try pattern("/(?<=value )123/"), 32), (try pattern("/VALUE \\d+\\R/i"), 23),
            (try pattern("/6\\.\\d+$/"), 13),
            (text("B"), 1),
        ]
        for (wanted, end) in wanted {
            for size in 1...said.utf8.count {
                let log = ConsoleLog()
                log.wait(for: wanted)
                var heardAt: Int?
                var rest = Array(said.utf8)[...]
                while heardAt == nil, !rest.isEmpty {
                    let piece = rest.prefix(size)
                    rest = rest.dropFirst(size)
                    if log.say(piece) { heardAt = said.utf8.count - rest.count }
                }
                // In the piece in which its last byte comes, or that which shows that it is the last.
                let expected = min((end + size - 1) / size * size, said.utf8.count)
                XCTAssertEqual(heardAt, expected, "\(wanted.written) in pieces of \(size)")
                XCTAssertTrue(try log.endWait())
            }
        }
    }

    func testWhatCouldGoOnIsTakenAtTheEnd() throws {
        let log = ConsoleLog()
        log.wait(for: try pattern("/login:\\s*/"))
        XCTAssertFalse(log.say("login: "))
        XCTAssertTrue(try log.endWait())
        XCTAssertEqual(rest(log), "")
    }

    func testAWaitEnds() throws {
        let log = ConsoleLog()
        log.wait(for: text("x"))
        XCTAssertFalse(try log.endWait())
        XCTAssertFalse(log.say("x"), "nobody waits")
        XCTAssertTrue(try log.take(text("x")))
    }

    func testOnlyTheLatestIsKept() throws {
        let log = ConsoleLog()
        log.wait(for: text("the end"))
        XCTAssertFalse(log.say("the beginning"))
        for _ in 0..<300 { XCTAssertFalse(log.say(String(repeating: "x", count: 1000))) }
        XCTAssertLessThanOrEqual(log.bytes.count, 2 * ConsoleLog.limit)
        XCTAssertFalse(log.say("the e"))
        XCTAssertTrue(log.say("nd"))
        XCTAssertTrue(try log.endWait())
        XCTAssertFalse(try log.take(text("the beginning")))
        XCTAssertFalse(log.say(String(repeating: "y", count: 1 << 20)))
        XCTAssertEqual(log.bytes.count, ConsoleLog.limit)
        XCTAssertTrue(try log.take(text("yyy")))
    }

    func testAFreshGuestHasSaidNothing() throws {
        let log = ConsoleLog()
        _ = log.say("hello")
        log.clear()
        XCTAssertFalse(try log.take(text("hello")))
    }

    func testASearchThatIsGivenUpStopsTheGuest() throws {
        let log = ConsoleLog()
        log.wait(for: try pattern("/^(a|aa)+c/"))
        XCTAssertTrue(log.say(String(repeating: "a", count: 60) + "b"))
        XCTAssertThrowsError(try log.endWait())
        XCTAssertFalse(log.say("a"))
    }
}

extension ConsoleLog {
    /// As the guest says it.
    func say(_ text: String) -> Bool { say(Array(text.utf8)[...]) }

    func say(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.withUnsafeBufferPointer { write($0) } }
}
