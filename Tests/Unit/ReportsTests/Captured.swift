import Foundation
import Host
import Reports

/// What `body` writes to a sink over a pipe's place: a file without a name.
func captured(_ body: (ByteSink) -> Void) throws -> String {
    var name = Array((NSTemporaryDirectory() + "kvmdbg-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    defer { close(descriptor) }
    unlink(name)
    let sink = ByteSink(descriptor: descriptor)
    body(sink)
    sink.flush()
    var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
}

/// What a program makes of a text: its exit status and what it shows.
func output(of program: String, _ arguments: [String], input: String) throws -> (status: Int32, text: String) {
    let file = NSTemporaryDirectory() + "kvmdbg-" + UUID().uuidString
    try input.write(toFile: file, atomically: false, encoding: .utf8)
    defer { unlink(file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments.map { $0 == "INPUT" ? file : $0 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

/// A failed comparison, as `expect` makes it.
let failure = Failure(
    kind: .expectation, command: "expect $pc == &main",
    location: SourceLocation(file: "a \"b\".kdbg", line: 3, column: 1),
    message: "This does not hold.", excerpt: ["expect $pc == &main", "       ^~~"],
    details: [
        ("$pc", "0x80000008 (2147483656) <own>"), ("&main", "0x80000010 (2147483664) <main>"), ("stop", "a: b # c"),
    ])
