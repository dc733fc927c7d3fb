import CHost
import Foundation
import XCTest

@testable import Host

final class ConfinedFolderTests: XCTestCase {
    private var root = URL(fileURLWithPath: "/")
    private var inside: URL { root.appendingPathComponent("inside") }

    override func setUpWithError() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("confined-\(UUID().uuidString)")
        let files = FileManager.default
        try files.createDirectory(at: inside.appendingPathComponent("sub"), withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: root.appendingPathComponent("outside"))
        try Data("inner".utf8).write(to: inside.appendingPathComponent("sub/inner"))
        for (name, target) in [
            ("out", "../outside"), ("up", ".."), ("absolute", root.appendingPathComponent("outside").path),
            ("dangling", "../new"), ("proc", "/proc/self/root"), ("fine", "sub/inner"),
        ] {
            try files.createSymbolicLink(
                atPath: inside.appendingPathComponent(name).path, withDestinationPath: target)
        }
        XCTAssertEqual(mkfifo(inside.appendingPathComponent("pipe").path, 0o600), 0)
    }

    override func tearDown() { try? FileManager.default.removeItem(at: root) }

    private func errno(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch { return (error as? Errno)?.name ?? "\(error)" }
    }

    /// Where all is that a name could harm if it did lead out: nothing else is ever named here.
    private var outside: String { root.appendingPathComponent("outside").path }

    private var escapes: [String] {
        [
            "../outside", "sub/../../outside", "out", "up/outside", "absolute", "dangling",
            outside, "proc" + outside, "..",
        ]
    }

    func testFilesWithinAreReadAndWritten() throws {
        let folder = try ConfinedFolder(inside.path)
        let file = try folder.open(Array("sub/new".utf8), [.read, .write, .create, .truncate])
        XCTAssertEqual(try Array("hello".utf8).withUnsafeBytes { try file.write($0) }, 5)
        XCTAssertEqual(try file.byteCount(), 5)
        try file.seek(1)
        var bytes = [UInt8](repeating: 0, count: 8)
        XCTAssertEqual(try bytes.withUnsafeMutableBytes { try file.read(into: $0) }, 4)
        XCTAssertEqual(bytes.prefix(4), Array("ello".utf8)[...])
        XCTAssertEqual(errno { try file.seek(1 << 63) }, "EINVAL")
        try folder.rename(Array("sub/new".utf8), to: Array("sub/../newer".utf8))
        XCTAssertEqual(try Data(contentsOf: inside.appendingPathComponent("newer")), Data("hello".utf8))
        let more = try folder.open(Array("newer".utf8), [.write, .create, .append])
        XCTAssertEqual(try Array("!".utf8).withUnsafeBytes { try more.write($0) }, 1)
        XCTAssertEqual(try Data(contentsOf: inside.appendingPathComponent("newer")), Data("hello!".utf8))
        try folder.remove(Array("newer".utf8))
        XCTAssertEqual(errno { _ = try folder.open(Array("newer".utf8), .read) }, "ENOENT")
        XCTAssertNil(errno { _ = try folder.open(Array("fine".utf8), .read) }, "a link that stays within")
    }

    func testNoNameLeadsOut() throws {
        let folder = try ConfinedFolder(inside.path)
        for name in escapes {
            let bytes = Array(name.utf8)
            XCTAssertNotNil(errno { _ = try folder.open(bytes, .read) }, "read \(name)")
            XCTAssertNotNil(errno { _ = try folder.open(bytes, [.write, .create, .truncate]) }, "write \(name)")
        }
        for name in ["../outside", "up/outside", outside, "sub/../../outside"] {
            XCTAssertEqual(errno { try folder.remove(Array(name.utf8)) }, "EXDEV", name)
            XCTAssertEqual(errno { try folder.rename(Array(name.utf8), to: Array("taken".utf8)) }, "EXDEV", name)
            XCTAssertEqual(errno { try folder.rename(Array("sub/inner".utf8), to: Array(name.utf8)) }, "EXDEV", name)
        }
        XCTAssertEqual(errno { _ = try folder.open(Array("../outside".utf8), .read) }, "EXDEV")
        XCTAssertEqual(try Data(contentsOf: root.appendingPathComponent("outside")), Data("secret".utf8))
        XCTAssertFalse(FileManager.default.fileExists(atPath: root.appendingPathComponent("new").path))
    }

    /// A link that is taken away or renamed is the link itself.
    func testLinksAreNotFollowedWhenTheyAreRemoved() throws {
        let folder = try ConfinedFolder(inside.path)
        try folder.remove(Array("out".utf8))
        try folder.rename(Array("absolute".utf8), to: Array("sub/absolute".utf8))
        XCTAssertEqual(errno { _ = try folder.open(Array("sub/absolute".utf8), .read) }, "EXDEV")
        XCTAssertEqual(try Data(contentsOf: root.appendingPathComponent("outside")), Data("secret".utf8))
    }

    func testOnlyFilesAreOpened() throws {
        let folder = try ConfinedFolder(inside.path)
        XCTAssertEqual(errno { _ = try folder.open(Array("sub".utf8), .read) }, "EISDIR")
        XCTAssertEqual(errno { _ = try folder.open(Array("pipe".utf8), .read) }, "EACCES")
        XCTAssertEqual(errno { _ = try folder.open(Array("pipe".utf8), .write) }, "ENXIO")
        XCTAssertEqual(errno { try folder.remove(Array("sub".utf8)) }, "EISDIR")
        for name in ["", ".", "sub/.."] {
            XCTAssertEqual(errno { try folder.remove(Array(name.utf8)) }, "EINVAL", name)
        }
        XCTAssertEqual(errno { _ = try folder.open([0x61, 0, 0x62], .read) }, "EINVAL")
        XCTAssertEqual(errno { _ = try folder.open([UInt8](repeating: 0x61, count: 5000), .read) }, "ENAMETOOLONG")
        XCTAssertEqual(errno { _ = try folder.open([0xFF, 0xFE], [.write, .create]) }, nil, "names are bytes")
    }

    func testTheFolderMustBeOne() {
        XCTAssertThrowsError(try ConfinedFolder(root.appendingPathComponent("outside").path)) { error in
            XCTAssertEqual(
                (error as? HostError)?.message,
                "Cannot open the folder \"\(root.path)/outside\": Not a directory (ENOTDIR).")
        }
    }
}
