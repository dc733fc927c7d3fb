import Foundation
import Host
import XCTest

final class FilesTests: XCTestCase {
    private var folder = ""

    override func setUpWithError() throws {
        folder = NSTemporaryDirectory() + "kvmdbg-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    override func tearDown() { try? FileManager.default.removeItem(atPath: folder) }

    private func refusal(_ path: String, limit: Int = 1 << 30) -> String {
        do {
            let bytes = try Files.read(path, limit: limit)
            return "\(bytes.count) bytes"
        } catch { return error.message.replacingOccurrences(of: folder, with: "DIR") }
    }

    private func write(_ count: Int) throws -> String {
        let path = folder + "/file"
        try Data(repeating: 7, count: count).write(to: URL(fileURLWithPath: path))
        return path
    }

    func testReading() throws {
        for count in [0, 1, 65_535, 65_536, 65_537, 200_000, (64 << 20) + 1] {
            XCTAssertEqual(refusal(try write(count)), "\(count) bytes")
        }
        XCTAssertEqual(try Files.read(write(3)), [7, 7, 7])
        XCTAssertEqual(refusal("/proc/self/cmdline").hasSuffix(" bytes"), true, "a file whose size is told as 0")
    }

    func testTheLimit() throws {
        let path = try write(100)
        XCTAssertEqual(refusal(path, limit: 100), "100 bytes")
        XCTAssertEqual(
            refusal(path, limit: 99),
            "\"DIR/file\" has more than 99 bytes, which is more than such a file can sensibly have.")
        XCTAssertEqual(
            refusal("/dev/zero", limit: 1 << 20),
            "\"/dev/zero\" has more than 1048576 bytes, which is more than such a file can sensibly have.")
    }

    func testWhatCannotBeRead() throws {
        XCTAssertEqual(refusal(folder), "Cannot read \"DIR\": Is a directory (EISDIR).")
        XCTAssertEqual(refusal(folder + "/no"), "Cannot open \"DIR/no\": No such file or directory (ENOENT).")
        XCTAssertEqual(refusal(""), "Cannot open \"\": No such file or directory (ENOENT).")
        XCTAssertEqual(refusal(try write(1) + "/x"), "Cannot open \"DIR/file/x\": Not a directory (ENOTDIR).")
        symlink(folder + "/loop", folder + "/loop")
        XCTAssertEqual(
            refusal(folder + "/loop"), "Cannot open \"DIR/loop\": Too many levels of symbolic links (ELOOP).")
        XCTAssertEqual(
            refusal(String(repeating: "x", count: 5000)).hasSuffix("File name too long (ENAMETOOLONG)."), true)
    }

    func testAPipeIsReadToItsEnd() throws {
        let path = folder + "/fifo"
        XCTAssertEqual(mkfifo(path, 0o600), 0)
        // A pipe with both ends open keeps what was written, and opening it for reading does not wait for a writer.
        let descriptor = open(path, O_RDWR)
        XCTAssertEqual(Glibc.write(descriptor, "hello", 5), 5)
        // It ends when the last writer is gone, which is as soon as all was read.
        let closer = Thread {
            var waiting: Int32 = 1
            while waiting > 0 {
                sched_yield()
                _ = ioctl(descriptor, UInt(FIONREAD), &waiting)
            }
            close(descriptor)
        }
        closer.start()
        XCTAssertEqual(refusal(path), "5 bytes")
    }

    func testFolders() throws {
        let path = folder + "/a/b/c"
        XCTAssertFalse(Files.exists(path))
        try Files.makeDirectory(path)
        XCTAssertTrue(Files.exists(path))
        try Files.makeDirectory(path)
        try Files.makeDirectory("")
        let file = try write(1)
        XCTAssertThrowsError(try Files.makeDirectory(file + "/a")) { error in
            XCTAssertEqual(
                (error as? HostError)?.message.replacingOccurrences(of: folder, with: "DIR"),
                "Cannot create the folder \"DIR/file/a\": Not a directory (ENOTDIR).")
        }
    }

    func testPaths() {
        XCTAssertEqual(Path.join("a", "b"), "a/b")
        XCTAssertEqual(Path.join("a/", "b"), "a/b")
        XCTAssertEqual(Path.join("/", "b"), "/b")
        XCTAssertEqual(Path.join("", "b"), "b")
        XCTAssertEqual(Path.join("a", "/b"), "/b")
        XCTAssertEqual(
            ["a", "a/b", "/a", "/a/b", "", "/"].map { Path.directory(of: $0) }, ["", "a", "/", "/a", "", "/"])
        XCTAssertEqual(["a", "a/b", "/a", "a/", ""].map { Path.name(of: $0) }, ["a", "b", "a", "", ""])
        setenv("HOME", "/home/me", 1)
        XCTAssertEqual(
            ["~", "~/a", "~b", "a/~", ""].map { Path.expandingTilde($0) }, ["/home/me", "/home/me/a", "~b", "a/~", ""])
        XCTAssertEqual(Path.executable.map { Files.exists($0) }, true)
    }

    func testEnvironment() {
        setenv("HOME", "/home/me", 1)
        setenv("KVMDBG_TEST", "", 1)
        XCTAssertEqual(Environment.value("KVMDBG_TEST"), "")
        unsetenv("KVMDBG_TEST")
        XCTAssertNil(Environment.value("KVMDBG_TEST"))
        XCTAssertEqual(Environment.userFolder("KVMDBG_TEST", fallback: ".config"), "/home/me/.config/kvmdbg")
        setenv("KVMDBG_TEST", "/xdg", 1)
        XCTAssertEqual(Environment.userFolder("KVMDBG_TEST", fallback: ".config"), "/xdg/kvmdbg")
        setenv("KVMDBG_TEST", "relative", 1)
        XCTAssertEqual(Environment.userFolder("KVMDBG_TEST", fallback: ".config"), "/home/me/.config/kvmdbg")
        unsetenv("KVMDBG_TEST")
        setenv("HOME", "", 1)
        XCTAssertNil(Environment.userFolder("KVMDBG_TEST", fallback: ".config"))
        setenv("HOME", "/home/me", 1)
    }

    func testErrorNumbers() {
        XCTAssertNil(Errno(result: 0))
        XCTAssertNil(Errno(result: 5))
        XCTAssertEqual(Errno(result: -2), .noEntry)
        XCTAssertEqual(Errno(result: Int64(-13)), .permissionDenied)
        XCTAssertNil(Errno(result: Int64.min))
        XCTAssertEqual(Errno(4095).name, "errno 4095")
        XCTAssertEqual(Errno.interrupted.description, "Interrupted system call (EINTR)")
    }

    func testCtrlC() {
        Interruption.catchSignal()
        defer { signal(SIGINT, SIG_DFL) }
        XCTAssertFalse(Interruption.isPending)
        raise(SIGINT)
        XCTAssertTrue(Interruption.isPending)
        Interruption.clear()
        XCTAssertFalse(Interruption.isPending)
        var flag: UInt8 = 0
        withUnsafeMutablePointer(to: &flag) { (pointer) in
            Interruption.watch(pointer)
            raise(SIGINT)
            XCTAssertEqual(pointer.pointee, 1)
            Interruption.watch(nil)
            Interruption.clear()
            pointer.pointee = 0
            raise(SIGINT)
            XCTAssertEqual(pointer.pointee, 0)
            // One that came before is told at once.
            Interruption.watch(pointer)
            XCTAssertEqual(pointer.pointee, 1)
            Interruption.watch(nil)
        }
        Interruption.clear()
    }
}
