import XCTest

@testable import Images

/// A Linux Image of `count` bytes with this header.
func imageBytes(
    count: Int = 4096, offset: UInt64 = 2 << 20, size: UInt64? = nil, flags: UInt64 = 0, isEFI: Bool = false
) -> [UInt8] {
    func little(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) } }
    var header: [UInt8] = isEFI ? Array("MZ".utf8) + [0x6F, 0x10, 1, 2, 3, 4] : [0x6F, 0, 0, 1, 0, 0, 0, 0]
    header += little(offset) + little(size ?? UInt64(count)) + little(flags) + [2, 0, 0, 0] + [0, 0, 0, 0] + little(0)
    header += Array("RISCV\0\0\0".utf8) + Array("RSC\u{5}".utf8) + [isEFI ? 0x40 : 0, 0, 0, 0]
    return header + [UInt8](repeating: 0xA5, count: count - header.count)
}

final class LinuxImageTests: XCTestCase {
    private func refusal(_ bytes: [UInt8], file: StaticString = #filePath, line: UInt = #line) -> String {
        do throws(ImageError) {
            _ = try LinuxImage(bytes)
            XCTFail("accepted", file: file, line: line)
            return ""
        } catch { return error.message(path: "Image") }
    }

    func testTheHeaderTellsWhereAndHowLong() throws {
        for isEFI in [false, true] {
            let image = try LinuxImage(imageBytes(size: 0x12_3456, isEFI: isEFI))
            XCTAssertEqual(image.textOffset, 2 << 20)
            XCTAssertEqual(image.memorySize, 0x12_3456)
            XCTAssertEqual(image.bytes.count, 4096)
        }
        XCTAssertEqual(try LinuxImage(imageBytes(offset: 0)).textOffset, 0)
        XCTAssertEqual(try LinuxImage(imageBytes(count: 64)).memorySize, 64)
    }

    func testASizeOfNothingIsTheFilesOwn() throws {
        XCTAssertEqual(try LinuxImage(imageBytes(count: 5000, size: 0)).memorySize, 5000)
    }

    func testWhatHasNoHeaderIsNoImage() {
        for bytes in [[], [1], Array(imageBytes().prefix(63)), [UInt8](repeating: 0, count: 4096)] as [[UInt8]] {
            XCTAssertFalse(LinuxImage.isImage(bytes))
            XCTAssertTrue(refusal(bytes).contains("neither an ELF file nor a Linux Image"), refusal(bytes))
        }
        XCTAssertTrue(LinuxImage.isImage(imageBytes(count: 64)))
        // The magic of other architectures, at the same place.
        var arm = imageBytes()
        arm.replaceSubrange(56..<60, with: Array("ARM\u{64}".utf8))
        XCTAssertTrue(refusal(arm).contains("RSC"))
    }

    func testABigEndianKernelIsRefused() {
        XCTAssertTrue(refusal(imageBytes(flags: 1)).contains("big-endian"))
        XCTAssertNoThrow(try LinuxImage(imageBytes(flags: 2)))
    }

    func testAnOffsetIsAMultipleOf2MiBWithinReach() {
        for offset in [1, 4096, (2 << 20) - 1, 1 << 40, .max, .max << 21] as [UInt64] {
            XCTAssertTrue(refusal(imageBytes(offset: offset)).contains("no multiple of 2 MiB within reach"))
        }
        XCTAssertNoThrow(try LinuxImage(imageBytes(offset: (1 << 40) - (2 << 20))))
    }

    func testAnImageIsNotLongerInTheFileThanInMemory() {
        XCTAssertEqual(
            refusal(imageBytes(size: 4095)),
            "Cannot load \"Image\". By its header the kernel takes 4095 bytes of memory, and the file has 4096: "
                + "the file is damaged, or something was appended to it.")
    }

    func testEachByteOfTheHeaderMayBeAnything() {
        let good = imageBytes(count: 100)
        for index in 0..<64 {
            for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var bytes = good
                bytes[index] = value
                guard let image = try? LinuxImage(bytes) else { continue }
                XCTAssertGreaterThanOrEqual(image.memorySize, 100)
                XCTAssertEqual(image.textOffset % (2 << 20), 0)
            }
        }
    }
}
