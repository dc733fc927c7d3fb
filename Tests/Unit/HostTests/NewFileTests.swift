import Foundation
import Host
import XCTest

final class NewFileTests: XCTestCase {
    private var folder = ""

    override func setUpWithError() throws {
        folder = NSTemporaryDirectory() + "kvmdbg-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    override func tearDown() { try? FileManager.default.removeItem(atPath: folder) }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private func text(_ name: String) -> String? { try? String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

    private func mode(_ name: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: folder + "/" + name))?[.posixPermissions] as? Int
    }

    func testItAppearsWhenItIsWhole() throws {
        let file = try NewFile(folder + "/a")
        try file.write(Array("one ".utf8))
        XCTAssertNil(text("a"))
        XCTAssertEqual(names.count, 1)
        try file.write([UInt8](repeating: 0x78, count: 100_000))
        try file.finish()
        XCTAssertEqual(names, ["a"])
        XCTAssertEqual(text("a"), "one " + String(repeating: "x", count: 100_000))
        let mask = umask(0)
        umask(mask)
        XCTAssertEqual(mode("a"), 0o666 & ~Int(mask))
    }

    func testWhatIsGivenUpLeavesNothing() throws {
        try Data("old".utf8).write(to: URL(fileURLWithPath: folder + "/a"))
        do {
            let file = try NewFile(folder + "/a")
            try file.write(Array("new".utf8))
            XCTAssertEqual(names.count, 2)
        }
        XCTAssertEqual(names, ["a"])
        XCTAssertEqual(text("a"), "old")
    }

    func testWhatStandsThereKeepsItsPlace() throws {
        try Data("old".utf8).write(to: URL(fileURLWithPath: folder + "/a"))
        chmod(folder + "/a", 0o600)
        symlink("a", folder + "/link")
        let file = try NewFile(folder + "/link")
        try file.write(Array("new".utf8))
        try file.finish()
        XCTAssertEqual(names, ["a", "link"])
        XCTAssertEqual(text("a"), "new")
        XCTAssertEqual(mode("a"), 0o600)
        XCTAssertEqual(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link"), "a")
    }

    func testADeviceIsNotReplaced() throws {
        let file = try NewFile("/dev/null")
        try file.write([1, 2, 3])
        try file.finish()
        var status = stat()
        XCTAssertEqual(stat("/dev/null", &status), 0)
        XCTAssertEqual(status.st_mode & S_IFMT, S_IFCHR)
    }

    func testWhatCannotBeWritten() {
        func refusal(_ path: String) -> String {
            do {
                let file = try NewFile(path)
                try file.write([UInt8](repeating: 0, count: 10))
                try file.finish()
                return "written"
            } catch { return error.message.replacingOccurrences(of: folder, with: "DIR") }
        }
        XCTAssertEqual(refusal(folder), "Cannot create \"DIR\": Is a directory (EISDIR).")
        XCTAssertEqual(refusal(folder + "/no/a"), "Cannot create \"DIR/no/a\": No such file or directory (ENOENT).")
        XCTAssertEqual(refusal(""), "Cannot create \"\": No such file or directory (ENOENT).")
        XCTAssertEqual(refusal("/dev/full"), "Cannot write \"/dev/full\": No space left on device (ENOSPC).")
    }

    func testReadingInParts() throws {
        try Data((0..<100).map { UInt8($0) }).write(to: URL(fileURLWithPath: folder + "/a"))
        let file = try FileReader(folder + "/a")
        XCTAssertEqual(file.byteCount, 100)
        XCTAssertEqual(try file.bytes(at: 10, count: 3), [10, 11, 12])
        XCTAssertEqual(try file.bytes(at: 98, count: 10), [98, 99])
        XCTAssertEqual(try file.bytes(at: 100, count: 10), [])
        for path in ["/dev/null", folder, folder + "/no"] { XCTAssertThrowsError(try FileReader(path)) }
    }
}
