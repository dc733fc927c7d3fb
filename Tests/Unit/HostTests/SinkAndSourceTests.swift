import Foundation
import Host
import XCTest

final class SinkAndSourceTests: XCTestCase {
    func testASinkKeepsWhatItHoldsUntilItIsFull() throws {
        var ends: [Int32] = [0, 0]
        XCTAssertEqual(pipe(&ends), 0)
        defer { ends.forEach { close($0) } }
        XCTAssertEqual(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0)
        func waiting() -> Int {
            var bytes = [UInt8](repeating: 0, count: 1 << 17)
            return read(ends[0], &bytes, bytes.count)
        }
        let sink = ByteSink(descriptor: ends[1])
        XCTAssertFalse(sink.isTerminal)
        sink.write("a\n")
        XCTAssertEqual(waiting(), -1, "a pipe gets full buffers")
        sink.flush()
        XCTAssertEqual(waiting(), 2)
        sink.flush()
        XCTAssertEqual(waiting(), -1)
        sink.write(String(repeating: "x", count: 65_535))
        XCTAssertEqual(waiting(), -1)
        sink.write("y")
        XCTAssertEqual(waiting(), 65_536)
        XCTAssertNil(sink.failure)
    }

    func testASinkRemembersItsFirstFailure() throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let sink = ByteSink(descriptor: full)
        sink.write("lost")
        XCTAssertNil(sink.failure)
        sink.flush()
        XCTAssertEqual(sink.failure?.name, "ENOSPC")
        sink.write(String(repeating: "x", count: 1 << 20))
        sink.flush()
        XCTAssertEqual(sink.failure?.description, "No space left on device (ENOSPC)")
        let none = ByteSink(descriptor: -1)
        none.write("lost")
        none.flush()
        XCTAssertEqual(none.failure?.name, "EBADF")
    }

    private func lines(_ bytes: [UInt8]) throws -> [String] {
        var name = Array((NSTemporaryDirectory() + "kvmdbg-XXXXXX").utf8CString)
        let descriptor = mkstemp(&name)
        defer { close(descriptor) }
        unlink(name)
        XCTAssertEqual(write(descriptor, bytes, bytes.count), bytes.count)
        lseek(descriptor, 0, SEEK_SET)
        let source = LineSource(descriptor: descriptor)
        XCTAssertFalse(source.isTerminal)
        var lines: [String] = []
        while let line = source.next() { lines.append(line) }
        XCTAssertNil(source.next(), "the end stays the end")
        return lines
    }

    func testLines() throws {
        XCTAssertEqual(try lines([]), [])
        XCTAssertEqual(try lines(Array("\n".utf8)), [""])
        XCTAssertEqual(try lines(Array("a\n\nb".utf8)), ["a", "", "b"])
        XCTAssertEqual(try lines(Array("a\nb\n".utf8)), ["a", "b"])
        XCTAssertEqual(try lines([0x61, 0xFF, 0x0A]), ["a\u{FFFD}"])
        let long = String(repeating: "x", count: 200_000)
        XCTAssertEqual(try lines(Array("\(long)\n\(long)\nend".utf8)), [long, long, "end"])
    }

    func testALineThatComesInPieces() throws {
        var ends: [Int32] = [0, 0]
        XCTAssertEqual(pipe(&ends), 0)
        let source = LineSource(descriptor: ends[0])
        XCTAssertEqual(write(ends[1], "one\ntw", 6), 6)
        XCTAssertEqual(source.next(), "one")
        XCTAssertEqual(write(ends[1], "o\nthree", 7), 7)
        XCTAssertEqual(source.next(), "two")
        close(ends[1])
        XCTAssertEqual(source.next(), "three")
        XCTAssertNil(source.next())
        close(ends[0])
        XCTAssertNil(LineSource(descriptor: -1).next())
    }
}
