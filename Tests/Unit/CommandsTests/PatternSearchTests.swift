import XCTest

@testable import Commands
@testable import Support

final class PatternSearchTests: XCTestCase {
    /// Every place at which `pattern` stands, the simple way.
    private func naive(_ pattern: [UInt8], _ bytes: [UInt8]) -> [UInt64] {
        guard bytes.count >= pattern.count else { return [] }
        return (0...bytes.count - pattern.count).filter { Array(bytes[$0..<$0 + pattern.count]) == pattern }.map {
            UInt64($0)
        }
    }

    private func found(_ pattern: [UInt8], in pieces: [[UInt8]]) -> [UInt64] {
        var search = PatternSearch(pattern)
        var places: [UInt64] = []
        for piece in pieces {
            let goesOn = piece.withUnsafeBytes { bytes in
                search.feed(bytes) {
                    places.append($0)
                    return true
                }
            }
            XCTAssertTrue(goesOn)
        }
        XCTAssertEqual(search.byteCount, UInt64(pieces.joined().count))
        return places
    }

    /// Few different bytes make many matches that overlap and that lie over edges, of pieces shorter than the pattern too.
    func testAgainstTheSimpleWay() {
        var random = Seeded(state: 3)
        for _ in 0..<3000 {
            let letters = UInt8.random(in: 1...3, using: &random)
            func bytes(_ count: Int) -> [UInt8] {
                (0..<count).map { _ in UInt8.random(in: 0..<letters, using: &random) }
            }
            let pattern = bytes(Int.random(in: 1...7, using: &random))
            let pieces = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                bytes(Int.random(in: 0...12, using: &random))
            }
            XCTAssertEqual(
                found(pattern, in: pieces), naive(pattern, Array(pieces.joined())), "\(pattern) in \(pieces)")
        }
    }

    func testItEndsWhenItIsTold() {
        let bytes: [UInt8] = [1, 1, 1, 1]
        for limit in 1...3 {
            var search = PatternSearch([1, 1])
            var count = 0
            let goesOn = bytes.withUnsafeBytes { bytes in
                search.feed(bytes) { _ in
                    count += 1
                    return count < limit
                }
            }
            XCTAssertEqual(count, limit)
            XCTAssertFalse(goesOn)
        }
    }
}
