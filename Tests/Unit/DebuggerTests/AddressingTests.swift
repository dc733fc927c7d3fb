import Guest
import RISCV
import XCTest

@testable import Debugger
@testable import Support

/// Breakpoints and memory through the guest's page tables, and before there are any.
final class AddressingTests: XCTestCase {
    /// Where the kernel of these tests is linked; it is loaded at the start of the RAM.
    let high: UInt64 = 0xFFFF_FFC0_0000_0000
    let pieces = [Assembly.addi(5, 0, 1), Assembly.addi(5, 5, 1), Assembly.nop] + Assembly.shutdown()

    /// The tables are behind the program: root, middle and leaf of Sv39.
    private let root = TinyHart.base + 0x8000
    private let satp: UInt64 = 8 << 60 | (TinyHart.base + 0x8000) >> 12

    private func entry(_ hart: TinyHart, _ address: UInt64, _ value: UInt64) {
        hart.place([(0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }], at: address)
    }

    /// The PPN of the page at `physical`, where an entry has it.
    private func pte(_ physical: UInt64) -> UInt64 { (physical >> 12) << 10 }

    /// Maps the page at `virtual` to the one at `physical`, by tables of its own behind `tables`.
    private func map(_ hart: TinyHart, _ virtual: UInt64, to physical: UInt64, tables: UInt64) {
        entry(hart, root + (virtual >> 30 & 511) * 8, pte(tables) | 1)
        entry(hart, tables + (virtual >> 21 & 511) * 8, pte(tables + 0x1000) | 1)
        entry(hart, tables + 0x1000 + (virtual >> 12 & 511) * 8, pte(physical) | 0xCF)
    }

    func testBeforePagingTheFileTellsWhere() throws {
        let rig = try Rig(pieces, virtual: high)
        try rig.breakpoint(at: high + 4)
        check(try rig.session.run(), .breakpoint([1]), 4)
        XCTAssertEqual(rig.session.breakpoints[0].state, .armed(GuestPhysicalAddress(TinyHart.base + 4)))
        check(try rig.session.resume(), .shutdown(0), 28)
    }

    func testWhilePagingIsOnThePageTablesTellWhere() throws {
        let rig = try Rig(pieces, virtual: high)
        try rig.session.start()
        rig.hart.registers[.satp] = satp
        map(rig.hart, high, to: TinyHart.base + 0x3000, tables: root + 0x1000)
        XCTAssertEqual(
            try rig.breakpoint(at: high + 4).state, .armed(GuestPhysicalAddress(TinyHart.base + 0x3004)))
    }

    func testTheSiteStaysWhenPagingIsSwitchedOn() throws {
        let rig = try Rig(pieces, virtual: high)
        try rig.breakpoint(at: high + 4)
        try rig.session.start()
        map(rig.hart, high, to: TinyHart.base, tables: root + 0x1000)
        rig.hart.onRun { [satp, high] (hart) in
            hart.registers[.satp] = satp
            hart.pc = high
        }
        let stop = try rig.session.resume()
        XCTAssertEqual(stop.reason, .breakpoint([1]))
        XCTAssertEqual(stop.pc, GuestVirtualAddress(high + 4))
        XCTAssertEqual(try rig.session.resume().reason, .shutdown(0))
        XCTAssertEqual(rig.hart.x(5), 2)
    }

    func testAPendingBreakpointIsArmedOnceItIsMapped() throws {
        let other: UInt64 = 0x4000_0000
        let rig = try Rig(pieces)
        try rig.session.start()
        rig.hart.registers[.satp] = satp
        map(rig.hart, TinyHart.base, to: TinyHart.base, tables: root + 0x1000)
        let breakpoint = try rig.breakpoint(at: other + 8)
        XCTAssertEqual(
            breakpoint.state,
            .pending(
                "Cannot translate the virtual address 0x40000008: the level-2 page-table entry 0x0000000000000000 at the "
                    + "physical address 0x80008008 is not valid, its V bit is clear."))
        rig.hart.onRun(.interrupted) { [self] (hart) in
            map(hart, other, to: TinyHart.base, tables: root + 0x3000)
        }
        check(try rig.session.resume(), .interrupt, 0)
        XCTAssertEqual(rig.session.breakpoints[0].state, .armed(GuestPhysicalAddress(TinyHart.base + 8)))
        // The site is hit through the other alias as well.
        check(try rig.session.resume(), .breakpoint([1]), 8)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
        try rig.session.setRegisterValue(.pc, other + 4)
        XCTAssertEqual(try rig.session.resume().pc, GuestVirtualAddress(other + 8))
        XCTAssertEqual(rig.session.breakpoints[0].hits, 2)
        XCTAssertEqual(try rig.session.resume().reason, .shutdown(0))
    }

    func testTwoAliasesShareASite() throws {
        let other: UInt64 = 0x4000_0000
        let rig = try Rig(pieces)
        try rig.session.start()
        rig.hart.registers[.satp] = satp
        map(rig.hart, TinyHart.base, to: TinyHart.base, tables: root + 0x1000)
        map(rig.hart, other, to: TinyHart.base, tables: root + 0x3000)
        try rig.breakpoint(4)
        try rig.breakpoint(at: other + 4)
        check(try rig.session.resume(), .breakpoint([1, 2]), 4)
        try rig.session.deleteBreakpoint(1)
        XCTAssertEqual(rig.raw(4, 2), Assembly.cEbreak)
        XCTAssertEqual(
            try rig.session.bytes(at: GuestVirtualAddress(other + 4), count: 4), Assembly.addi(5, 5, 1))
        try rig.session.deleteBreakpoint(2)
        XCTAssertEqual(rig.raw(4, 4), Assembly.addi(5, 5, 1))
    }

    func testMemoryIsReadAndWrittenPageByPage() throws {
        let rig = try Rig(pieces)
        try rig.session.start()
        rig.hart.registers[.satp] = satp
        // Neighbours in virtual memory, the other way round in physical.
        let virtual: UInt64 = 0x4000_0000
        map(rig.hart, virtual, to: TinyHart.base + 0x3000, tables: root + 0x1000)
        entry(rig.hart, root + 0x2000 + 8, pte(TinyHart.base + 0x2000) | 0xCF)
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6]
        try rig.session.writeMemory(bytes, at: GuestVirtualAddress(virtual + 0xFFD))
        XCTAssertEqual(rig.raw(0x3FFD, 3), [1, 2, 3])
        XCTAssertEqual(rig.raw(0x2000, 3), [4, 5, 6])
        XCTAssertEqual(try rig.session.bytes(at: GuestVirtualAddress(virtual + 0xFFD), count: 6), bytes)
        XCTAssertEqual(try rig.session.bytes(at: GuestVirtualAddress(virtual), count: 0), [])

        XCTAssertThrowsError(try rig.session.writeMemory(bytes, at: GuestVirtualAddress(virtual + 0x1FFD)))
        XCTAssertEqual(rig.raw(0x2FFD, 3), [0, 0, 0], "nothing is written when a page is missing")
        XCTAssertEqual(
            try rig.session.translate(GuestVirtualAddress(virtual + 0x1234)),
            GuestPhysicalAddress(TinyHart.base + 0x2234))
    }

    func testABreakpointWhosePageIsGoneIsSteppedOffNonetheless() throws {
        let rig = try Rig(pieces)
        try rig.session.start()
        rig.hart.registers[.satp] = satp
        map(rig.hart, TinyHart.base, to: TinyHart.base, tables: root + 0x1000)
        // The trap vector is not mapped: a site cannot stand there, and need not.
        rig.hart.registers[.stvec] = 0x4000_0000
        try rig.breakpoint(4)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        check(try rig.session.resume(), .shutdown(0), 28)
    }

    func testWithoutAGuestTheProgramIsRead() throws {
        let rig = try Rig(pieces, virtual: high)
        XCTAssertEqual(try rig.session.bytes(at: GuestVirtualAddress(high + 4), count: 4), Assembly.addi(5, 5, 1))
        XCTAssertEqual(
            try rig.session.readMemory(at: .virtual(GuestVirtualAddress(high)), count: 4) as UInt64, 0x0010_0293)
        XCTAssertThrowsError(try rig.session.bytes(at: GuestVirtualAddress(high + 30), count: 4)) { error in
            guard case DebuggerError.memory("read", let address, let why) = error else { return XCTFail("\(error)") }
            XCTAssertEqual(address, .virtual(GuestVirtualAddress(high + 30)))
            XCTAssertTrue(why.hasPrefix("there is no guest yet, and no segment of \""), why)
            XCTAssertTrue(why.hasSuffix("\" has 4 bytes there. Start the guest with \"start\"."), why)
        }
    }
}
