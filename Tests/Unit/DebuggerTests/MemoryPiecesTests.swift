import Guest
import RISCV
import XCTest

@testable import Debugger
@testable import Support

/// Memory in place: as the guest wrote it, cut where it must be, and not copied.
final class MemoryPiecesTests: XCTestCase {
    private func pieces(_ rig: Rig, _ address: GuestAddress, _ count: UInt64) throws -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        try rig.session.forEachPiece(at: address, count: count) {
            pieces.append(Array($0))
            return true
        }
        return pieces
    }

    private func at(_ offset: UInt64) -> GuestAddress { .virtual(GuestVirtualAddress(TinyHart.base + offset)) }

    func testPlantedEbreaksAreNotSeen() throws {
        for compressed in [true, false] {
            var random = Seeded(state: 7)
            let program = (0..<200).map { _ in Assembly.addi(1, 1, Int32.random(in: -100...100, using: &random)) }
            let rig = try Rig(program, compressed: compressed)
            try rig.session.start()
            for offset in stride(from: UInt64(0), to: 800, by: 4) where Bool.random(using: &random) {
                try rig.breakpoint(offset)
            }
            // Breakpoints are in memory once the guest has run.
            rig.hart.onRun(.interrupted)
            _ = try rig.session.resume()
            let own = Array(program.joined())
            XCTAssertNotEqual(rig.raw(0, 800), own)
            for _ in 0..<500 {
                let start = Int.random(in: 0..<800, using: &random)
                let count = Int.random(in: 0...(800 - start), using: &random)
                let joined = try pieces(rig, at(UInt64(start)), UInt64(count)).flatMap { $0 }
                XCTAssertEqual(joined, Array(own[start..<start + count]), "\(start) \(count)")
                XCTAssertEqual(try rig.session.bytes(at: at(UInt64(start)), count: count), joined)
            }
            // What the guest writes over a site is its own.
            rig.hart.place([[0xAA, 0xBB]], at: TinyHart.base + 400)
            let seen = try pieces(rig, at(400), 2).flatMap { $0 }
            XCTAssertEqual(seen, [0xAA, 0xBB])
        }
    }

    func testWithoutSitesNothingIsCopied() throws {
        let rig = try Rig([Assembly.nop])
        try rig.session.start()
        _ = rig.hart.takeCalls()
        XCTAssertEqual(
            try pieces(rig, .physical(GuestPhysicalAddress(TinyHart.base)), 0x1_0000).map { $0.count }, [0x1_0000])
        XCTAssertEqual(rig.hart.takeCalls(), ["look 0x80000000 65536"])
    }

    func testItEndsWhenItIsTold() throws {
        let rig = try Rig([Assembly.nop, Assembly.nop, Assembly.nop])
        try rig.session.start()
        try rig.breakpoint(4)
        rig.hart.onRun(.interrupted)
        _ = try rig.session.resume()
        for limit in 1...3 {
            var count = 0
            try rig.session.forEachPiece(at: at(0), count: 12) { _ in
                count += 1
                return count < limit
            }
            XCTAssertEqual(count, limit)
        }
    }

    func testPagesAreJoinedWhereTheyTouch() throws {
        let rig = try Rig([Assembly.nop])
        try rig.session.start()
        rig.hart.registers[.satp] = 8 << 60 | (TinyHart.base + 0x8000) >> 12
        func entry(_ address: UInt64, _ value: UInt64) {
            rig.hart.place([(0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }], at: address)
        }
        let root = TinyHart.base + 0x8000
        entry(root + 8, (root + 0x1000) >> 2 | 1)
        entry(root + 0x1000, (root + 0x2000) >> 2 | 1)
        // Pages 0 and 1 lie one behind the other, 2 before them, 3 outside of the RAM, 4 nowhere.
        for (page, physical) in [0x3000, 0x4000, 0x1000, 0x10_0000].enumerated() {
            entry(root + 0x2000 + UInt64(page) * 8, (TinyHart.base + UInt64(physical)) >> 2 | 0xCF)
        }
        let start = GuestAddress.virtual(GuestVirtualAddress(0x4000_0000))
        XCTAssertEqual(try pieces(rig, start + 0x800, 0x2000).map { $0.count }, [0x1800, 0x800])
        _ = rig.hart.takeCalls()
        _ = try pieces(rig, start + 0xFFF, 0x1002)
        XCTAssertEqual(
            rig.hart.takeCalls().filter { $0.hasPrefix("look") }, ["look 0x80003fff 4097", "look 0x80001000 1"])

        checkRefusal(
            "Cannot read memory at 0x40003000: GPA 0x80100000 is not in the guest's RAM, which is 0x80000000 to 0x8000ffff. "
                + "The 8192 bytes before it, from 0x40001000 on, can be read."
        ) { try pieces(rig, start + 0x1000, 0x4000) }
        let invalid =
            "Cannot translate the virtual address 0x40004000: the level-0 page-table entry 0x0000000000000000 at the physical "
            + "address 0x8000a020 is not valid, its V bit is clear."
        checkRefusal(invalid) { try pieces(rig, start + 0x4000, 1) }
        entry(root + 0x2000 + 3 * 8, (TinyHart.base + 0x5000) >> 2 | 0xCF)
        checkRefusal(invalid + " The byte before it, from 0x40003fff on, can be read.") {
            try pieces(rig, start + 0x3FFF, 2)
        }
        checkRefusal(invalid + " Nothing was written.") {
            try rig.session.writeMemory([1, 2], at: start + 0x3FFF)
        }
        XCTAssertEqual(rig.raw(0x5FFF, 1), [0])

        // The same page by its physical address.
        try rig.session.writeMemory([9], at: .physical(GuestPhysicalAddress(TinyHart.base + 0x5FFF)))
        XCTAssertEqual(try rig.session.bytes(at: start + 0x3FFF, count: 1), [9])
    }

    func testRangesThatMakeNoSense() throws {
        let rig = try Rig([Assembly.nop])
        try rig.session.start()
        XCTAssertEqual(try pieces(rig, at(0), 0), [])
        for address in [0, UInt64.max, 1 << 63, TinyHart.base - 1] {
            XCTAssertThrowsError(try pieces(rig, .physical(GuestPhysicalAddress(address)), .max))
            XCTAssertThrowsError(try rig.session.bytes(at: .virtual(GuestVirtualAddress(address)), count: 9))
        }
        XCTAssertThrowsError(try pieces(rig, at(0xFFFF), .max))
    }

    func testWithoutAGuestItIsTheProgram() throws {
        let rig = try Rig([Assembly.nop, Assembly.ecall])
        XCTAssertEqual(try pieces(rig, at(4), 4).flatMap { $0 }, Assembly.ecall)
        XCTAssertEqual(
            try pieces(rig, .physical(GuestPhysicalAddress(TinyHart.base)), 4).flatMap { $0 }, Assembly.nop)
        XCTAssertThrowsError(try pieces(rig, at(4), 5))
    }
}
