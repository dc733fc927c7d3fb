import Guest
import XCTest

@testable import KVM

/// Files of binary statistics, good and damaged.
final class StatisticsTests: XCTestCase {
    private func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    private func half(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    private func double(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    private func name(_ text: String, _ size: Int) -> [UInt8] {
        Array(text.utf8) + [UInt8](repeating: 0, count: size - text.utf8.count)
    }

    /// A header, the name, five descriptors and their values.
    private func file() -> [UInt8] {
        let nameSize = 16
        var bytes = word(0) + word(UInt32(nameSize)) + word(5) + word(24) + word(40) + word(200)
        bytes += name("kvm-1/vcpu-0", nameSize)
        func descriptor(
            _ flags: UInt32, _ exponent: Int, _ size: Int, _ offset: UInt32, _ bucket: UInt32, _ text: String
        ) {
            bytes += word(flags) + half(exponent) + half(size) + word(offset) + word(bucket) + name(text, nameSize)
        }
        descriptor(0x000, 0, 1, 0, 0, "exits")
        descriptor(0x021, -9, 1, 8, 0, "wait_ns")
        descriptor(0x112, 20, 1, 16, 0, "peak_bytes")
        descriptor(0x003, 0, 3, 24, 10, "linear")
        descriptor(0x024, -9, 4, 48, 0, "0123456789abcdef")
        for value in [1, 2, 3, 4, 5, 6, 7, 0, 9, .max] as [UInt64] { bytes += double(value) }
        return bytes
    }

    func testAllKinds() throws {
        let statistics = try Statistics(parsing: file())
        XCTAssertEqual(statistics.id, "kvm-1/vcpu-0")
        let list = statistics.statistics
        XCTAssertEqual(list.map { $0.name }, ["exits", "wait_ns", "peak_bytes", "linear", "0123456789abcdef"])
        XCTAssertEqual(
            list.map { $0.kind },
            [.cumulative, .instant, .peak, .linearHistogram(bucketSize: 10), .logarithmicHistogram])
        XCTAssertEqual(list.map { $0.unit }, [.plain, .seconds, .bytes, .plain, .seconds])
        XCTAssertEqual(list.map { $0.base }, [10, 10, 2, 10, 10])
        XCTAssertEqual(list.map { $0.exponent }, [0, -9, 20, 0, -9])
        XCTAssertEqual(list.map { $0.values }, [[1], [2], [3], [4, 5, 6], [7, 0, 9, .max]])
    }

    func testYoungerNumbersAreKept() throws {
        var bytes = file()
        bytes.replaceSubrange(40..<44, with: word(0x2F9))
        let first = try Statistics(parsing: bytes).statistics[0]
        XCTAssertEqual(first.kind, .unknown(9))
        XCTAssertEqual(first.unit, .unknown(15))
        XCTAssertEqual(first.base, 0)
    }

    func testNonsenseIsRefused() {
        func refusal(_ change: (inout [UInt8]) -> Void) -> StatisticsError? {
            var bytes = file()
            change(&bytes)
            do {
                _ = try Statistics(parsing: bytes)
                return nil
            } catch { return error }
        }
        XCTAssertEqual(refusal { $0.removeSubrange(23...) }, .noHeader(23))
        XCTAssertEqual(refusal { $0 = [] }, .noHeader(0))
        XCTAssertEqual(
            refusal { $0.replaceSubrange(4..<8, with: self.word(5000)) }, .implausible("the length of a name", 5000))
        XCTAssertEqual(
            refusal { $0.replaceSubrange(8..<12, with: self.word(.max)) },
            .implausible("the number of statistics", 0xFFFF_FFFF))
        XCTAssertEqual(
            refusal { $0.replaceSubrange(12..<16, with: self.word(.max)) },
            .outside("the name", offset: 0xFFFF_FFFF, byteCount: 16, fileSize: file().count))
        XCTAssertEqual(
            refusal { $0.replaceSubrange(16..<20, with: self.word(280)) },
            .outside("the list of statistics", offset: 280, byteCount: 160, fileSize: 280))
        for error in [
            StatisticsError.noHeader(1), .implausible("x", 1), .outside("x", offset: 1, byteCount: 2, fileSize: 3),
        ] {
            XCTAssertTrue(
                KVMError.statistics(error).message.hasPrefix("KVM's binary statistics cannot be understood: "))
        }
    }

    func testValuesOutsideTheFileAreLeftOut() throws {
        var bytes = file()
        bytes.replaceSubrange(20..<24, with: word(.max))
        XCTAssertEqual(try Statistics(parsing: bytes).statistics.map { $0.values }, [[], [], [], [], []])
        // One descriptor counts more values than the file holds, and two of them as many as it holds.
        bytes = file()
        bytes.replaceSubrange(46..<48, with: half(60000))
        XCTAssertEqual(try Statistics(parsing: bytes).statistics[0].values, [])
        bytes = file() + [UInt8](repeating: 0, count: 400)
        bytes.replaceSubrange(46..<48, with: half(50))
        bytes.replaceSubrange(78..<80, with: half(50))
        bytes.replaceSubrange(80..<84, with: word(0))
        XCTAssertEqual(try Statistics(parsing: bytes).statistics.map { $0.values.count }, [50, 0, 1, 3, 4])
    }

    /// Whatever stands in the file, it ends and does not crash.
    func testGarbage() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var bytes = file()
            for _ in 0..<8 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.removeSubrange(Int.random(in: 24...bytes.count, using: &random)...)
            _ = try? Statistics(parsing: bytes)
        }
    }
}
