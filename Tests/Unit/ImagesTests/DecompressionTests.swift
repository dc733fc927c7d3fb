import Images
import XCTest

@testable import Support

final class DecompressionTests: XCTestCase {
    private func failure(_ compression: Compression, _ bytes: [UInt8], limit: Int = 1 << 20) -> DecompressionFailure? {
        do throws(DecompressionFailure) {
            _ = try compression.decompress(bytes, limit: limit)
            return nil
        } catch { return error }
    }

    func testTheFirstBytesTell() {
        XCTAssertEqual(Compression([0x1F, 0x8B, 8]), .gzip)
        XCTAssertEqual(Compression([0x28, 0xB5, 0x2F, 0xFD]), .zstd)
        for bytes in [[], [0x1F], [0x28, 0xB5, 0x2F], [0x1F, 0x8C], Array("RSC\u{5}".utf8)] as [[UInt8]] {
            XCTAssertNil(Compression(bytes))
        }
        XCTAssertEqual(Compression.all.map { Compression($0.compress([1])) }, [.gzip, .zstd])
    }

    func testWhatWasCompressedComesBack() throws {
        for compression in Compression.all {
            // Around the size of the first block of output, which then grows.
            for count in [0, 1, 4096, 1 << 20, (1 << 20) + 1, 5 << 20] {
                let bytes = sampleText(count)
                XCTAssertTrue(
                    try compression.decompress(compression.compress(bytes), limit: 8 << 20) == bytes, "\(count)")
            }
        }
    }

    func testTheLimitIsWhatJustComesThrough() throws {
        for compression in Compression.all {
            for count in [1, 4096, 1 << 20, 3 << 20] {
                let data = compression.compress(sampleText(count))
                XCTAssertEqual(try compression.decompress(data, limit: count).count, count)
                XCTAssertEqual(failure(compression, data, limit: count - 1), .tooLarge)
                XCTAssertEqual(failure(compression, data, limit: 0), .tooLarge)
            }
        }
    }

    func testABombStopsAtTheLimit() {
        for compression in Compression.all {
            let bomb = compression.compress([UInt8](repeating: 0, count: 64 << 20))
            XCTAssertLessThan(bomb.count, 1 << 20)
            XCTAssertEqual(failure(compression, bomb, limit: 1 << 20), .tooLarge)
        }
    }

    func testSeveralMembersAreOneContent() throws {
        for compression in Compression.all {
            let members =
                compression.compress(Array("one ".utf8)) + compression.compress([])
                + compression.compress(Array("two".utf8))
            XCTAssertEqual(try compression.decompress(members, limit: 7), Array("one two".utf8))
            XCTAssertEqual(failure(compression, members, limit: 6), .tooLarge)
        }
    }

    func testBytesBehindTheLastMemberAreLeftAlone() throws {
        for compression in Compression.all {
            let data = compression.compress(Array("kernel".utf8))
            for padding in [[0], [UInt8](repeating: 0, count: 4096), [0x1F], [0x28, 0xB5, 0x2F], Array("MZ".utf8)]
                as [[UInt8]]
            {
                XCTAssertEqual(try compression.decompress(data + padding, limit: 100), Array("kernel".utf8))
            }
            // What begins as another member must be one.
            XCTAssertEqual(failure(compression, data + data.prefix(data.count - 1)), .damaged)
        }
    }

    func testWhatIsCutShortIsDamaged() {
        for compression in Compression.all {
            let data = compression.compress(sampleText(5000))
            for count in 0..<data.count {
                XCTAssertEqual(
                    failure(compression, Array(data.prefix(count))), .damaged, "\(compression.name) \(count)")
            }
        }
    }

    func testAChangedByteIsNoticedOrChangesNothing() {
        let bytes = sampleText(5000)
        let gzip = Compression.gzip.compress(bytes)
        for index in gzip.indices {
            var data = gzip
            data[index] ^= 0x10
            // The header's time and system do not matter; all else is checked, the content by its sum.
            if let result = try? Compression.gzip.decompress(data, limit: 1 << 20) {
                XCTAssertTrue(result == bytes, "\(index)")
            }
        }
        let zstd = Compression.zstd.compress(bytes)
        for index in zstd.indices {
            var data = zstd
            data[index] ^= 0x10
            // ZSTD_compress writes no sum: what comes out may be wrong, and is bounded all the same.
            if let result = try? Compression.zstd.decompress(data, limit: 1 << 20) {
                XCTAssertLessThanOrEqual(result.count, 1 << 20)
            }
        }
    }

    func testRandomBytesAreRefusedOrBounded() {
        var random = Seeded(state: 5)
        for compression in Compression.all {
            let head: [UInt8] = compression == .gzip ? [0x1F, 0x8B, 8, 0] : [0x28, 0xB5, 0x2F, 0xFD]
            for _ in 0..<2000 {
                let noise = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                if let result = try? compression.decompress(head + noise, limit: 10_000) {
                    XCTAssertLessThanOrEqual(result.count, 10_000)
                }
            }
        }
    }
}
