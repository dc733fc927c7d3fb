import Foundation
import XCTest

@testable import Commands
@testable import Support

final class IntelHexTests: XCTestCase {
    private func text(_ bytes: [UInt8], at address: UInt32, pieces: Int = 1) -> String {
        var writer = IntelHexWriter(at: address)
        for start in stride(from: 0, to: bytes.count, by: max(1, bytes.count / pieces)) {
            bytes[start..<min(bytes.count, start + max(1, bytes.count / pieces))].withUnsafeBytes { writer.append($0) }
        }
        writer.finish()
        return String(decoding: writer.take(), as: UTF8.self)
    }

    /// The examples of the specification's chapter "Data record", with their sums.
    func testRecords() {
        XCTAssertEqual(
            text(Array("hello".utf8), at: 0x8000_0030),
            ":020000048000" + "7A\r\n:0500300068656C6C6FB7\r\n:00000001FF\r\n")
        XCTAssertEqual(text([], at: 0), ":00000001FF\r\n")
    }

    /// A line does not go over an edge of 64 KiB, where the address' upper half changes.
    func testEdges() {
        XCTAssertEqual(
            text([1, 2, 3, 4], at: 0x1FFFE),
            ":020000040001F9\r\n:02FFFE000102FE\r\n:020000040002F8\r\n:020000000304F7\r\n:00000001FF\r\n")
        XCTAssertFalse(text([UInt8](repeating: 7, count: 16), at: 0xFFFF_FFF0).contains(":020000040000"))
    }

    func testWhatIsWrittenIsRead() throws {
        var random = Seeded(state: 5)
        for _ in 0..<8 {
            let bytes = (0..<Int.random(in: 1...70_000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let address = UInt32.random(in: 0...UInt32(0xFFFE_0000), using: &random)
            let written = text(bytes, at: address, pieces: Int.random(in: 1...9, using: &random))
            let blocks = try IntelHex.parse(Array(written.utf8))
            XCTAssertEqual(blocks, [IntelHex.Block(address: UInt64(address), bytes: bytes)])
        }
    }

    /// An independent reader takes it for what it is.
    func testObjcopyReadsIt() throws {
        let tool = try XCTUnwrap(objcopy(), "the toolchain has no llvm-objcopy")
        let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let folder = NSTemporaryDirectory() + "kvmdbg-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try text(bytes, at: 0x8000_FFF3).write(toFile: folder + "/a.hex", atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = ["-I", "ihex", "-O", "binary", folder + "/a.hex", folder + "/a.bin"]
        try process.run()
        process.waitUntilExit()
        XCTAssertEqual(process.terminationStatus, 0)
        XCTAssertEqual(FileManager.default.contents(atPath: folder + "/a.bin").map { [UInt8]($0) }, bytes)
    }

    private func objcopy() -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        var folders = path.split(separator: ":").map { String($0) }
        // Beside the compiler, of which PATH may hold a link only.
        for folder in folders {
            if let swift = realpath(folder + "/swift", nil) {
                folders.append((String(cString: swift) as NSString).deletingLastPathComponent)
                free(swift)
            }
        }
        return folders.map { $0 + "/llvm-objcopy" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    func testOtherRecords() throws {
        func blocks(_ text: String) throws -> [IntelHex.Block] { try IntelHex.parse(Array(text.utf8)) }
        // The addresses of 16-bit x86, a start address, blank lines, small letters, and what follows the end.
        XCTAssertEqual(
            try blocks("\n:020000021000ec\n:0100100055" + "9a\n:04000005800000" + "0077\n:00000001FF\nanything"),
            [IntelHex.Block(address: 0x10010, bytes: [0x55])])
        XCTAssertEqual(try blocks(":00000001FF"), [])
        for (text, line, problem) in [
            ("", 1, "the end record, :00000001FF, is missing: the file is cut short"),
            ("x", 1, "it does not begin with a colon"), ("\n:01001000559B", 2, "its checksum is wrong"),
            (":0100100055", 1, "its length is not what its first two digits say"),
            (":01001000559", 1, "its length is not what its first two digits say"),
            (":", 1, "its length is not what its first two digits say"),
            (":0100100055zz", 1, "it has more than hex digits"),
            (":0100100955" + "91", 1, "its record type is 9, with 1 bytes, which means nothing"),
            (":01000004" + "00FB", 1, "its record type is 4, with 1 bytes, which means nothing"),
            (":0100100055" + "9A\n", 2, "the end record, :00000001FF, is missing: the file is cut short"),
        ] {
            XCTAssertThrowsError(try blocks(text), text) { error in
                XCTAssertEqual((error as? IntelHex.Problem)?.text, problem, text)
                XCTAssertEqual((error as? IntelHex.Problem)?.line, line, text)
            }
        }
    }

    func testNoInputCrashes() {
        var random = Seeded(state: 9)
        let letters = Array(":0123456789ABCDEF\n\r zé".utf8)
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in letters.randomElement(using: &random)! }
            _ = try? IntelHex.parse(text)
        }
    }
}
