import Foundation
import Host
import XCTest

@testable import Commands
@testable import Support

/// What a transcript cannot show of the commands that go through much memory.
final class MemoryCommandTests: XCTestCase {
    override func tearDown() {
        Interruption.clear()
        super.tearDown()
    }

    private func files(_ terminal: Terminal) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: terminal.folder).sorted()
    }

    /// A guest that has run, with a breakpoint in memory: what is read comes in several pieces.
    private func stopped() throws -> Terminal {
        let terminal = try Terminal(isInteractive: false)
        for line in ["load guest.elf", "break main", "run"] { _ = terminal.type(line) }
        return terminal
    }

    func testCtrlCEndsADumpAndLeavesNothing() throws {
        Interruption.catchSignal()
        let terminal = try stopped()
        terminal.put("old.bin", "old")
        let before = try files(terminal)
        for command in [
            "dump memory new.bin 0x80000000 0x80010000", "dump memory old.bin 0x80000000 0x80010000",
            "dump ihex memory new.hex 0x80000000 0x80010000", "compare-sections",
        ] {
            terminal.hart.onLook = { raise(SIGINT) }
            XCTAssertTrue(terminal.type(command).contains("Interrupted."), command)
            XCTAssertEqual(try files(terminal), before, command)
            terminal.hart.onLook = {}
            Interruption.clear()
        }
        XCTAssertEqual(
            try String(contentsOfFile: terminal.folder + "/old.bin", encoding: .utf8), "old")
    }

    func testCtrlCEndsASearch() throws {
        Interruption.catchSignal()
        let terminal = try stopped()
        terminal.hart.onLook = { raise(SIGINT) }
        let shown = terminal.type("find/b 0x80000000, +0x10000, 0")
        XCTAssertTrue(shown.contains("Interrupted."), shown)
        let found = shown.prefix { $0 != "I" }
        XCTAssertLessThan(found.split(separator: "\n").count, 6)
    }

    func testAFullDiskIsToldAndLeavesNothing() throws {
        let terminal = try stopped()
        let before = try files(terminal)
        let shown = terminal.type("dump memory /dev/full 0x80000000 0x80010000")
        XCTAssertTrue(shown.contains("Cannot write \"/dev/full\": No space left on device (ENOSPC)."), shown)
        XCTAssertEqual(try files(terminal), before)
    }

    /// The dump of all RAM is what the guest has, without the ebreak.
    func testADumpIsWhatTheGuestWrote() throws {
        let terminal = try stopped()
        var random = Seeded(state: 1)
        for offset in 0x100..<0x1_0000 { terminal.hart.ram[offset] = UInt8.random(in: 0...255, using: &random) }
        var expected = terminal.hart.ram
        XCTAssertEqual(Array(expected[0x10..<0x12]), Assembly.cEbreak)
        expected.replaceSubrange(0x10..<0x14, with: Assembly.addi(10, 10, 1))
        XCTAssertEqual(terminal.type("dump memory all.bin phys:0x80000000 0x80010000"), "")
        let written = try XCTUnwrap(FileManager.default.contents(atPath: terminal.folder + "/all.bin"))
        XCTAssertEqual([UInt8](written), expected)
        // And back, under the breakpoint, which stays.
        for offset in 0..<0x1_0000 where !(0x10..<0x12).contains(offset) { terminal.hart.ram[offset] = 0 }
        _ = terminal.type("restore all.bin binary phys:0x80000000")
        XCTAssertEqual(Array(terminal.hart.ram[0x10..<0x12]), Assembly.cEbreak)
        _ = terminal.type("delete")
        XCTAssertEqual(terminal.hart.ram, expected)
    }
}
