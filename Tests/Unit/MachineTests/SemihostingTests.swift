import Foundation
import Guest
import Host
import RISCV
import Target
import XCTest

@testable import Machine

final class SemihostingTests: XCTestCase {
    private final class Printed: Console {
        var bytes: [UInt8] = []
        var isHeard = false
        var text: String { String(decoding: bytes, as: UTF8.self) }
        func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            self.bytes += bytes
            return isHeard
        }
    }

    private let printed = Printed()
    private let input = ConsoleInput()
    private lazy var semihosting = Semihosting(console: printed, input: input)
    private var ram: GuestRAM?
    private var satp: UInt64 = 0
    private let block: UInt64 = 0x8000_0100
    private let buffer: UInt64 = 0x8000_1FF0  // over the edge of a page

    override func setUpWithError() throws { ram = try GuestRAM(byteCount: 1 << 20) }

    private func store(_ bytes: [UInt8], at address: UInt64) throws {
        try bytes.withUnsafeBytes { try XCTUnwrap(ram).write($0, at: GuestPhysicalAddress(address)) }
    }

    private func loaded(_ address: UInt64, _ count: Int) throws -> [UInt8] {
        Array(try XCTUnwrap(ram).bytes(at: GuestPhysicalAddress(address), count: count))
    }

    private func call(_ operation: UInt32, parameter: UInt64) throws -> SemihostingOutcome {
        let space = AddressSpace(satp: SATP(satp), ram: try XCTUnwrap(ram))
        return semihosting.answer(operation, parameter, space, at: GuestVirtualAddress(0x8000_0000))
    }

    /// Makes the call with a block of `arguments`.
    private func call(_ operation: UInt32, _ arguments: UInt64...) throws -> SemihostingOutcome {
        for (index, word) in arguments.enumerated() {
            _ = ram?.setWord(word, at: GuestPhysicalAddress(block) + UInt64(8 * index), count: 8)
        }
        return try call(operation, parameter: block)
    }

    private func errno() throws -> UInt64? { try call(0x13).result }

    private func open(_ name: String, _ mode: UInt64) throws -> UInt64? {
        try store(Array(name.utf8), at: buffer)
        return try call(0x01, buffer, mode, UInt64(name.utf8.count)).result
    }

    private func isRefused(
        _ outcome: SemihostingOutcome, with result: UInt64 = .max, _ number: UInt64, line: UInt = #line
    ) throws {
        XCTAssertEqual(outcome, SemihostingOutcome(result: result), line: line)
        XCTAssertEqual(try errno(), number, line: line)
    }

    /// A stop that tells what is wrong, beside the result.
    private func isTold(
        _ outcome: SemihostingOutcome, _ sentence: String, result: UInt64 = .max, line: UInt = #line
    ) throws {
        XCTAssertEqual(outcome.event, .unhandled(sentence), line: line)
        XCTAssertEqual(outcome.result, result, line: line)
    }

    // MARK: the console

    func testTextIsPrinted() throws {
        try store(Array("Hello, ".utf8) + [0], at: buffer)
        XCTAssertEqual(try call(0x04, parameter: buffer), SemihostingOutcome(result: 0))
        try store(Array("world".utf8) + [0], at: buffer)
        for index in 0..<5 as Range<UInt64> {
            XCTAssertEqual(try call(0x03, parameter: buffer + index), SemihostingOutcome(result: 0))
        }
        XCTAssertEqual(printed.text, "Hello, world")
    }

    func testTheConsoleIsAFile() throws {
        let out = try XCTUnwrap(open(":tt", 4))
        let error = try XCTUnwrap(open(":tt", 8))
        let typed = try XCTUnwrap(open(":tt", 0))
        XCTAssertEqual([out, error, typed], [1, 2, 3])
        try store(Array("ab".utf8), at: buffer)
        XCTAssertEqual(try call(0x05, out, buffer, 2).result, 0)
        XCTAssertEqual(try call(0x05, error, buffer, 1).result, 0)
        XCTAssertEqual(printed.text, "aba")
        try isRefused(call(0x05, typed, buffer, 2), with: 2, 9)
        try isRefused(call(0x06, out, buffer, 2), with: 2, 9)
        XCTAssertEqual(try call(0x09, out).result, 1)
        try isRefused(call(0x0A, out, 0), 29)
        try isRefused(call(0x0C, out), 29)
        XCTAssertEqual(try call(0x02, out).result, 0)
        try isRefused(call(0x02, out), 9)
        XCTAssertEqual(try open(":tt", 4), 1, "a handle that is free again")
    }

    func testWhatIsTypedIsRead() throws {
        let typed = try XCTUnwrap(open(":tt", 0))
        XCTAssertEqual(try call(0x06, typed, buffer, 4).result, 4, "nobody typed: the end")
        XCTAssertEqual(try call(0x07), SemihostingOutcome(result: .max))
        input.append(Array("abcdef".utf8))
        XCTAssertEqual(try call(0x06, typed, buffer, 4).result, 0)
        XCTAssertEqual(try loaded(buffer, 4), Array("abcd".utf8))
        XCTAssertEqual(try call(0x07).result, 0x65)
        XCTAssertEqual(try call(0x06, typed, buffer, 4).result, 3)
        XCTAssertEqual(try loaded(buffer, 4), Array("fbcd".utf8))
    }

    func testTheGuestWaitsForWhoeverTypes() throws {
        let typed = try XCTUnwrap(open(":tt", 0))
        semihosting.isAttended = true
        XCTAssertEqual(try call(0x06, typed, buffer, 4), SemihostingOutcome(), "the call is still to be done")
        XCTAssertEqual(try call(0x07), SemihostingOutcome())
        XCTAssertEqual(try call(0x06, typed, buffer, 0), SemihostingOutcome(result: 0))
        input.append([0x41])
        XCTAssertEqual(try call(0x07).result, 0x41)
    }

    /// What was typed is kept for a call that has room for it.
    func testABadBufferLosesNothing() throws {
        let typed = try XCTUnwrap(open(":tt", 0))
        input.append([0x41])
        XCTAssertEqual(try call(0x06, typed, 0, 4).result, 4)
        XCTAssertEqual(try call(0x06, typed, buffer, 4).result, 3)
        XCTAssertEqual(try loaded(buffer, 1), [0x41])
    }

    func testWhoeverListensStopsTheGuest() throws {
        printed.isHeard = true
        XCTAssertEqual(try call(0x04, parameter: buffer), SemihostingOutcome(result: 0, event: .console))
        let out = try XCTUnwrap(open(":tt", 4))
        XCTAssertEqual(try call(0x05, out, buffer, 2), SemihostingOutcome(result: 0, event: .console))
        XCTAssertNil(try call(0x05, out, buffer, 0).event)
    }

    // MARK: what goes wrong in the guest

    func testBlocksThatAreNoMemory() throws {
        for parameter in [0, 0x1000, 0x8010_0000, 0x800F_FFF9, .max, 1 << 63] as [UInt64] {
            for operation in [0x01, 0x02, 0x05, 0x06, 0x08, 0x09, 0x0A, 0x0C, 0x15, 0x16, 0x18, 0x20] as [UInt32] {
                let name = try XCTUnwrap(SemihostingOperation(rawValue: operation)).name
                try isTold(
                    call(operation, parameter: parameter),
                    "The semihosting call \(name) at 0x80000000 has the block of its arguments at \(hex(parameter)), "
                        + "where the guest has no RAM: it was refused with -1, EFAULT.")
                XCTAssertEqual(try errno(), 14)
            }
        }
        try isTold(
            call(0x03, parameter: 0),
            "The semihosting call SYS_WRITEC at 0x80000000 has a character at 0x0, where the guest has no RAM: it was "
                + "refused with -1, EFAULT.")
    }

    func testAbsurdLengths() throws {
        let out = try XCTUnwrap(open(":tt", 4))
        let typed = try XCTUnwrap(open(":tt", 0))
        for count in [1 << 63, .max, 1 << 40] as [UInt64] {
            XCTAssertEqual(try call(0x05, out, 0x8000_0000, count).result, count)
            XCTAssertEqual(try errno(), 14)
            XCTAssertNotNil(try call(0x05, out, .max - 3, count).event)
            input.append([0x41])
            XCTAssertNotNil(try call(0x06, typed, 0x800F_FFFF, count).event)
            try isRefused(call(0x01, buffer, 0, count), 36)
            try isRefused(call(0x0E, buffer, count), 36)
            try isRefused(call(0x0F, buffer, 1, buffer, count), 36)
        }
        XCTAssertEqual(printed.bytes.count, 3 << 20, "what there is of it is printed, and no more")
    }

    /// 1 GiB of pages that are all the same one, printed: Ctrl-C ends the call, and the guest learns how much is left.
    func testALongWriteEndsWhenItIsInterrupted() throws {
        let pages = (0..<512 as Range<UInt64>).map { (0x8000_4000 + 8 * $0, 0x8000_8000 >> 2 as UInt64 | 0xCF) }
        let tables = (0..<512 as Range<UInt64>).map { (0x8000_3000 + 8 * $0, 0x8000_4000 >> 2 as UInt64 | 1) }
        for (place, entry) in pages + tables + [(0x8000_2000 + 8, 0x8000_3000 >> 2 | 1)] {
            _ = ram?.setWord(entry, at: GuestPhysicalAddress(place), count: 8)
        }
        let out = try XCTUnwrap(open(":tt", 4))
        for (index, word) in [out, 0x4000_0000, 1 << 30].enumerated() {
            _ = ram?.setWord(word, at: GuestPhysicalAddress(0x8000_8000) + UInt64(8 * index), count: 8)
        }
        satp = 8 << 60 | 0x8000_2000 >> 12
        Interruption.catchSignal()
        defer { Interruption.clear() }
        raise(SIGINT)
        let outcome = try call(0x05, parameter: 0x4000_0000)
        XCTAssertEqual(outcome, SemihostingOutcome(result: 1 << 30 - 1 << 20))
        XCTAssertEqual(printed.bytes.count, 1 << 20)
    }

    func testTextsWithoutEnd() throws {
        ram = try GuestRAM(byteCount: 4 << 20)
        try store([UInt8](repeating: 0x61, count: 2 << 20), at: 0x8000_0000)
        try isTold(
            call(0x04, parameter: 0x8000_0001),
            "The semihosting call SYS_WRITE0 at 0x80000000 has a text at 0x80000001 that does not end in 1048576 bytes: "
                + "it was refused with -1, E2BIG.")
        try store([0x61, 0x62], at: 0x803F_FFFE)
        try isTold(
            call(0x04, parameter: 0x803F_FFFE),
            "The semihosting call SYS_WRITE0 at 0x80000000 has a text at 0x80400000, where the guest has no RAM: it was "
                + "refused with -1, EFAULT.")
        XCTAssertEqual(printed.bytes, [])
    }

    func testUnknownCalls() throws {
        for number in [0, 0x0B, 0x14, 0x17, 0x19, 0x32, 0x100, .max] as [UInt32] {
            try isTold(
                call(number),
                "There is no semihosting call \(hex(number)), which the guest made at 0x80000000: it was refused with -1, "
                    + "ENOSYS.")
            XCTAssertEqual(try errno(), 38)
        }
    }

    func testRefusals() throws {
        try isRefused(call(0x12, buffer, 4), 13)
        try isRefused(call(0x0D, buffer, 1, 40), 13)
        for handle in [0, 1, 65, .max] as [UInt64] { try isRefused(call(0x09, handle), 9) }
        XCTAssertEqual(try open(":tt", 12), .max)
        XCTAssertEqual(try errno(), 22)
        for handle in 1...64 as ClosedRange<UInt64> { XCTAssertEqual(try open(":tt", 4), handle) }
        XCTAssertEqual(try open(":tt", 4), .max)
        XCTAssertEqual(try errno(), 24)
    }

    /// An error stays until the next one.
    func testErrors() throws {
        XCTAssertEqual(try errno(), 0)
        try isRefused(call(0x02, 7), 9)
        XCTAssertEqual(try call(0x08, 0).result, 0)
        XCTAssertEqual(try call(0x08, .max).result, 1)
        XCTAssertEqual(try errno(), 9)
    }

    // MARK: paging

    /// Sv39: 0x4000_0000 is the page at 0x8000_8000, the page behind it is that at 0x8000_A000, and no other is mapped.
    func testPagesAreTheGuests() throws {
        let tables: [(UInt64, UInt64)] = [
            (0x8000_2000 + 8, 0x8000_3000 >> 2 | 1), (0x8000_3000, 0x8000_4000 >> 2 | 1),
            (0x8000_4000, 0x8000_8000 >> 2 | 0xCF), (0x8000_4008, 0x8000_A000 >> 2 | 0xCF),
        ]
        for (place, entry) in tables { _ = ram?.setWord(entry, at: GuestPhysicalAddress(place), count: 8) }
        satp = 8 << 60 | 0x8000_2000 >> 12
        try store(Array("abc".utf8), at: 0x8000_8FFD)
        try store(Array("def".utf8) + [0], at: 0x8000_A000)
        XCTAssertEqual(try call(0x04, parameter: 0x4000_0FFD), SemihostingOutcome(result: 0))
        XCTAssertEqual(printed.text, "abcdef")
        XCTAssertEqual(try call(0x30, parameter: 0x4000_0FFC).result, 0)
        XCTAssertNotEqual(try loaded(0x8000_A000, 4), Array("def".utf8) + [0])
        XCTAssertNotNil(try call(0x30, parameter: 0x4000_1FFC).event, "its end is not mapped")
        XCTAssertNotNil(try call(0x04, parameter: 0x8000_8000).event, "nor is the physical address")
    }

    // MARK: facts

    func testTimes() throws {
        XCTAssertEqual(try call(0x31).result, 1_000_000_000)
        XCTAssertEqual(try call(0x30, parameter: buffer).result, 0)
        let first = try XCTUnwrap(ram?.word(at: GuestPhysicalAddress(buffer), count: 8))
        Thread.sleep(forTimeInterval: 0.02)
        XCTAssertEqual(try call(0x30, parameter: buffer).result, 0)
        let second = try XCTUnwrap(ram?.word(at: GuestPhysicalAddress(buffer), count: 8))
        XCTAssertGreaterThanOrEqual(second - first, 20_000_000)
        XCTAssertGreaterThanOrEqual(try XCTUnwrap(call(0x10).result), second / 10_000_000)
        let now = UInt64(Date().timeIntervalSince1970)
        XCTAssertLessThanOrEqual(try XCTUnwrap(call(0x11).result) - now, 2)
    }

    func testTheCommandLine() throws {
        semihosting.commandLine = Array("guest.elf one".utf8)
        XCTAssertEqual(try call(0x15, buffer, 14).result, 0)
        XCTAssertEqual(try loaded(buffer, 14), Array("guest.elf one".utf8) + [0])
        XCTAssertEqual(ram?.word(at: GuestPhysicalAddress(block) + 8, count: 8), 13)
        try isRefused(call(0x15, buffer, 13), 7)
        XCTAssertNotNil(try call(0x15, 0, 64).event)
    }

    func testTheHeap() throws {
        semihosting.heap = MemoryRegion(start: GuestPhysicalAddress(0x8000_4000), byteCount: 0x8000)
        XCTAssertEqual(try call(0x16, buffer).result, 0)
        let words = (0..<4 as Range<UInt64>).map { ram?.word(at: GuestPhysicalAddress(buffer + 8 * $0), count: 8) }
        XCTAssertEqual(words, [0x8000_4000, 0x8000_C000, 0x8000_C000, 0x8000_4000])
        XCTAssertNotNil(try call(0x16, 0x800F_FFF0).event)
    }

    func testExits() throws {
        for operation in [0x18, 0x20] as [UInt32] {
            for code in [0, 3, .max] as [UInt64] {
                XCTAssertEqual(
                    try call(operation, 0x20026, code), SemihostingOutcome(event: .exited(code: code)))
            }
            XCTAssertEqual(try call(operation, 0x20023, 0), SemihostingOutcome(event: .exited(code: 1)))
        }
    }

    func testFeatures() throws {
        let file = try XCTUnwrap(open(":semihosting-features", 0))
        XCTAssertEqual(try call(0x0C, file).result, 5)
        XCTAssertEqual(try call(0x09, file).result, 0)
        XCTAssertEqual(try call(0x06, file, buffer, 4).result, 0)
        XCTAssertEqual(try loaded(buffer, 4), Array("SHFB".utf8))
        XCTAssertEqual(try call(0x06, file, buffer, 4).result, 3)
        XCTAssertEqual(try loaded(buffer, 1), [3])
        XCTAssertEqual(try call(0x0A, file, 1).result, 0)
        XCTAssertEqual(try call(0x06, file, buffer, 1).result, 0)
        XCTAssertEqual(try loaded(buffer, 1), [0x48])
        try isRefused(call(0x0A, file, 6), 22)
        try isRefused(call(0x05, file, buffer, 1), with: 1, 9)
        XCTAssertEqual(try open(":semihosting-features", 4), .max)
    }

    // MARK: files

    func testFilesNeedAFolder() throws {
        XCTAssertEqual(try open("note", 0), .max)
        XCTAssertEqual(try errno(), 13)
        try isRefused(call(0x0E, buffer, 3), 13)
        try isRefused(call(0x0F, buffer, 3, buffer, 2), 13)
    }

    func testFiles() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("semihosting-\(UUID().uuidString)")
        let inside = root.appendingPathComponent("inside")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        semihosting.folder = try ConfinedFolder(inside.path)

        let file = try XCTUnwrap(open("note", 7))
        try store(Array("abcdef".utf8), at: buffer)
        XCTAssertEqual(try call(0x05, file, buffer, 6).result, 0)
        XCTAssertEqual(try call(0x0C, file).result, 6)
        XCTAssertEqual(try call(0x09, file).result, 0)
        XCTAssertEqual(try call(0x0A, file, 2).result, 0)
        XCTAssertEqual(try call(0x06, file, buffer + 8, 16).result, 12)
        XCTAssertEqual(try loaded(buffer, 12), Array("abcdef\0\0cdef".utf8))
        try isRefused(call(0x0A, file, 1 << 63), 22)
        XCTAssertEqual(try call(0x06, file, 0x8000_0000, 1 << 63).result, 1 << 63, "the end, whatever the length")
        XCTAssertEqual(try call(0x02, file).result, 0)

        let more = try XCTUnwrap(open("note", 8))
        XCTAssertEqual(try call(0x05, more, buffer, 1).result, 0)
        try isRefused(call(0x06, more, buffer, 1), with: 1, 9)
        XCTAssertEqual(try Data(contentsOf: inside.appendingPathComponent("note")), Data("abcdefn".utf8))

        XCTAssertEqual(try open("../outside", 4), .max)
        XCTAssertEqual(try errno(), 18)
        XCTAssertFalse(FileManager.default.fileExists(atPath: root.appendingPathComponent("outside").path))
        try store(Array("note../note".utf8), at: buffer)
        try isRefused(call(0x0F, buffer, 4, buffer + 4, 7), 18)
        XCTAssertEqual(try call(0x0F, buffer, 4, buffer + 7, 3).result, 0)
        try isRefused(call(0x0E, buffer, 4), 2)
        XCTAssertEqual(try call(0x0E, buffer + 7, 3).result, 0)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: inside.path), [])
    }
}
