import XCTest

@testable import Images
@testable import Support

final class KernelFileTests: XCTestCase {
    private func refusal(
        _ path: String, limit: Int = 8 << 20, file: StaticString = #filePath, line: UInt = #line
    ) -> String {
        do throws(ImageError) {
            _ = try KernelFile.read(path, limit: limit)
            XCTFail("accepted", file: file, line: line)
            return ""
        } catch { return error.message(path: "FILE") }
    }

    private func refusal(
        of bytes: [UInt8], limit: Int = 8 << 20, file: StaticString = #filePath, line: UInt = #line
    ) -> String {
        let image = TemporaryFile("Image", bytes)
        return withExtendedLifetime(image) { refusal(image.path, limit: limit, file: file, line: line) }
    }

    func testAnImageMayBeCompressed() throws {
        for bytes in [imageBytes()] + Compression.all.map({ $0.compress(imageBytes()) }) {
            let file = TemporaryFile("Image", bytes)
            guard case .image(let image) = try KernelFile.read(file.path, limit: 8192) else {
                return XCTFail("no image")
            }
            XCTAssertEqual(image.bytes, imageBytes())
            XCTAssertTrue(KernelFile.isLikely(file.path))
        }
    }

    func testAnELFFileMayBeCompressedToo() throws {
        let elf = ELFBuilder().bytes()
        for bytes in [elf, Compression.zstd.compress(elf)] {
            let file = TemporaryFile("vmlinux", bytes)
            guard case .elf(let content) = try KernelFile.read(file.path, limit: 1 << 20) else {
                return XCTFail("no ELF")
            }
            XCTAssertEqual(content, elf)
        }
        let file = TemporaryFile("vmlinux", elf)
        XCTAssertFalse(KernelFile.isLikely(file.path))
    }

    func testWhatCannotBeReadIsRefused() {
        XCTAssertTrue(refusal("/nowhere/at/all").contains("/nowhere/at/all"))
        XCTAssertTrue(refusal("/usr").contains("/usr"))
        XCTAssertFalse(KernelFile.isLikely("/nowhere/at/all"))
        XCTAssertFalse(KernelFile.isLikely("/usr"))
        XCTAssertEqual(refusal(of: []), "Cannot load \"FILE\". The file is empty.")
    }

    func testWhatDoesNotDecompressIsRefused() {
        for compression in Compression.all {
            let data = compression.compress(imageBytes(count: 3 << 20))
            XCTAssertEqual(
                refusal(of: Array(data.dropLast())),
                "Cannot load \"FILE\". It begins as \(compression.name) data, but does not decompress: the file is damaged or cut "
                    + "short. Copy it anew.")
            XCTAssertTrue(
                refusal(of: data, limit: 2 << 20).contains("more than 2 MiB when decompressed")
            )
            // Compressed twice.
            XCTAssertTrue(
                refusal(of: compression.compress(data)).contains("neither an ELF file"))
            XCTAssertTrue(
                refusal(of: compression.compress([])).contains("neither an ELF file"))
        }
    }

    func testAFileThatGoesIntoMemoryAsItIs() throws {
        let file = TemporaryFile("initrd", [1, 2, 3])
        XCTAssertEqual(try BootFile(path: file.path).bytes, [1, 2, 3])
        let empty = TemporaryFile("initrd", [])
        for path in ["/nowhere", "/usr", empty.path] {
            XCTAssertThrowsError(try BootFile(path: path))
        }
    }
}
