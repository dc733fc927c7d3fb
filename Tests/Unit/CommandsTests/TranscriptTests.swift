import Foundation
import Support
import XCTest

/// Plays the transcripts beside this file: each line behind "> " is typed, and all that is shown for it must be what stands
/// below it. Lines before the first one say what a transcript is about. KVMDBG_RECORD=1 writes them anew, to be read
/// before they are committed.
final class TranscriptTests: XCTestCase {
    func testBreakpoints() throws { try play("breakpoints") }
    func testRunning() throws { try play("running") }
    func testStepping() throws { try play("stepping") }
    func testHits() throws { try play("hits") }
    func testLines() throws { try play("lines") }
    func testPrint() throws { try play("print") }
    func testExamine() throws { try play("examine") }
    func testDisplay() throws { try play("display") }
    func testFind() throws { try play("find") }
    func testDump() throws { try play("dump") }
    func testPhysical() throws { try play("physical") }
    func testRegisters() throws { try play("registers") }
    func testSet() throws { try play("set") }
    func testDisassemble() throws { try play("disassemble") }
    func testExpect() throws { try play("expect") }
    func testStatus() throws { try play("status") }
    func testControl() throws { try play("control") }
    func testTests() throws { try play("tests") }
    func testLanguage() throws { try play("language") }
    func testSupport() throws { try play("support") }
    func testTypes() throws { try play("types") }
    func testWatchpoints() throws { try play("watchpoints") }

    func testEachTranscriptIsPlayed() throws {
        let played = [
            "breakpoints", "control", "disassemble", "display", "dump", "examine", "expect", "find", "hits", "language",
            "lines",
            "physical",
            "print", "registers", "running", "set", "status", "stepping", "support", "tests", "types", "watchpoints",
        ]
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        XCTAssertEqual(files.sorted(), played.map { $0 + ".txt" })
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Transcripts")

    private func play(_ name: String) throws {
        let url = Self.folder.appendingPathComponent(name + ".txt")
        let expected = try String(contentsOf: url, encoding: .utf8)
        let terminal = try Terminal()
        terminal.put("sample.btf", sampleBTF())
        terminal.put("lines.elf", Terminal.program(sampleLines))
        terminal.put("count.c", sampleSource)
        var actual = ""
        var isAbout = true
        for line in expected.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(">") {
                isAbout = false
                actual += line + "\n" + terminal.type(String(line.dropFirst(2)))
                if !actual.hasSuffix("\n") { actual += "[no newline]\n" }
            } else if isAbout {
                actual += line + "\n"
            }
        }
        if ProcessInfo.processInfo.environment["KVMDBG_RECORD"] != nil {
            try actual.write(to: url, atomically: true, encoding: .utf8)
        } else if actual != expected {
            let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
            let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
            let place = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
            XCTFail(
                "\(name).txt:\(place + 1): expected \"\(place < old.count ? old[place] : "")\", shown "
                    + "\"\(place < new.count ? new[place] : "")\"\n\n" + actual)
        }
    }
}
