import Guest
import RISCV
import XCTest

@testable import Support

final class PageTableTests: XCTestCase {
    private struct Broken: Error {}

    /// The entries in memory, by guest-physical address; the rest of memory does not exist.
    private var memory: [UInt64: UInt64] = [:]
    private let sv39 = SATP(8 << 60 | 0x80000)
    private let address: UInt64 = 0x12_3456_789a  // Sv39: slots 0x48, 0x1a2, 0x167; offset 0x89a

    private func translate(_ address: UInt64, _ satp: SATP) -> Result<Translation, TranslationFailure> {
        PageTable.translate(GuestVirtualAddress(address), satp: satp) { memory[$0.value] }
    }

    private func entry(_ page: UInt64, _ flags: UInt64) -> UInt64 { page >> 2 | flags }

    /// Three levels of Sv39 for `address`, the last entry being `leaf`.
    private func build(leaf: UInt64) {
        memory = [
            0x8000_0240: entry(0x8000_1000, 1),
            0x8000_1d10: entry(0x8000_2000, 1),
            0x8000_2b38: leaf,
        ]
    }

    private func step(_ level: Int) -> (address: UInt64, entry: UInt64)? {
        let slot: UInt64 = [0x8000_2b38, 0x8000_1d10, 0x8000_0240][level]
        return memory[slot].map { (slot, $0) }
    }

    private func failure(_ result: Result<Translation, TranslationFailure>) -> TranslationFailure? {
        if case .failure(let failure) = result { failure } else { nil }
    }

    private func expect(
        _ kind: (PageTableStep) -> TranslationFailure, level: Int, _ text: String, line: UInt = #line
    ) {
        guard case .failure(let failure) = translate(address, sv39) else {
            XCTFail("translated", line: line)
            return
        }
        XCTAssertEqual(failure.message(for: GuestVirtualAddress(address)), text, line: line)
        for case .some(let step) in [failure.step] {
            XCTAssertEqual(failure, kind(step), line: line)
            XCTAssertEqual(step.level, level, line: line)
            XCTAssertEqual(step.address.value, self.step(level)?.address, line: line)
            XCTAssertEqual(step.entry.rawValue, self.step(level)?.entry, line: line)
        }
        XCTAssertNotNil(failure.step, line: line)
    }

    func testBareIsIdentity() throws {
        let result = try translate(.max, SATP(0x123)).get()
        XCTAssertEqual(result.address.value, .max)
        XCTAssertNil(result.leaf)
        XCTAssertNil(result.pageByteCount)
    }

    func testPage() throws {
        build(leaf: entry(0x9abc_d000, 0xdf))
        let result = try translate(address, sv39).get()
        XCTAssertEqual(result.address.value, 0x9abc_d89a)
        XCTAssertEqual(result.pageByteCount, 0x1000)
        XCTAssertEqual(result.leaf?.level, 0)
        XCTAssertEqual(result.leaf?.address.value, 0x8000_2b38)
        XCTAssertEqual(result.leaf?.entry.description, "rwxu-ad")
    }

    func testSuperpages() throws {
        build(leaf: 0)
        memory[0x8000_1d10] = entry(0x9aa0_0000, 0x4b)
        var result = try translate(address, sv39).get()
        XCTAssertEqual(result.address.value, 0x9aa0_0000 + address & 0x1f_ffff)
        XCTAssertEqual(result.pageByteCount, 2 << 20)
        XCTAssertEqual(result.leaf?.entry.description, "r-x--a-")

        memory[0x8000_0240] = entry(0x1_4000_0000, 0xe7)
        result = try translate(address, sv39).get()
        XCTAssertEqual(result.address.value, 0x1_4000_0000 + address & 0x3fff_ffff)
        XCTAssertEqual(result.pageByteCount, 1 << 30)
        XCTAssertEqual(result.leaf?.entry.description, "rw--gad")
    }

    func testUpperHalf() throws {
        memory = [0x8000_0ff8: entry(0x8000_0000, 0xcf)]
        XCTAssertEqual(try translate(0xffff_ffff_c123_4567, sv39).get().address.value, 0x8123_4567)
    }

    func testSv48AndSv57() throws {
        // Every slot is 1, then the offset.
        var tables: [UInt64] = [0x8000_0000, 0x8000_1000, 0x8000_2000, 0x8000_3000, 0x8000_4000]
        for (table, next) in zip(tables, tables.dropFirst() + [0x9000_0000]) {
            memory[table + 8] = entry(next, next == 0x9000_0000 ? 3 : 1)
        }
        let sv57: UInt64 = 1 << 48 | 1 << 39 | 1 << 30 | 1 << 21 | 1 << 12 | 0x321
        XCTAssertEqual(try translate(sv57, SATP(10 << 60 | 0x80000)).get().address.value, 0x9000_0321)
        tables.removeFirst()
        XCTAssertEqual(try translate(sv57 & ~(1 << 48), SATP(9 << 60 | 0x80001)).get().address.value, 0x9000_0321)

        memory[0x8000_0008] = entry(0x1_0000_0000_0000 >> 4, 3)
        XCTAssertEqual(failure(translate(sv57, SATP(10 << 60 | 0x80000)))?.step?.level, 4)
        memory[0x8000_0008] = entry(0x1_0000_0000_0000, 3)
        XCTAssertEqual(try translate(sv57, SATP(10 << 60 | 0x80000)).get().pageByteCount, 1 << 48)
    }

    func testCanonicalAddresses() {
        for (mode, bit) in [(8, 38), (9, 47), (10, 56)] as [(UInt64, UInt64)] {
            let satp = SATP(mode << 60 | 0x80000)
            for good in [0, (1 << bit) - 1, ~0 << bit, .max] as [UInt64] {
                XCTAssertEqual(failure(translate(good, satp)).map { "\($0)".hasPrefix("unreadable") }, true)
            }
            for bad in [1 << bit, 1 << 63, ~(1 << bit)] as [UInt64] {
                XCTAssertEqual(
                    failure(translate(bad, satp)), PagingMode(rawValue: UInt8(mode)).map { .notCanonical($0) })
            }
        }
        XCTAssertEqual(
            TranslationFailure.notCanonical(.sv39).message(for: GuestVirtualAddress(1 << 38)),
            "Cannot translate the virtual address 0x4000000000: it is not canonical, Sv39 wants bits 63 to 39 equal to "
                + "bit 38.")
    }

    func testReservedMode() {
        XCTAssertEqual(failure(translate(0, SATP(5 << 60))), .unsupportedMode(5))
        XCTAssertEqual(
            TranslationFailure.unsupportedMode(5).message(for: GuestVirtualAddress(0)),
            "Cannot translate the virtual address 0x0: satp has the reserved mode 5; Bare (0), Sv39 (8), Sv48 (9) and "
                + "Sv57 (10) are known.")
    }

    private let said = "Cannot translate the virtual address 0x123456789a: the level-"

    func testInvalidEntries() {
        build(leaf: 0xe)
        expect(
            { .invalid($0) }, level: 0,
            said
                + "0 page-table entry 0x000000000000000e at the physical address 0x80002b38 is not valid, its V bit is "
                + "clear.")
        memory[0x8000_1d10] = 0
        expect(
            { .invalid($0) }, level: 1,
            said
                + "1 page-table entry 0x0000000000000000 at the physical address 0x80001d10 is not valid, its V bit is "
                + "clear.")
    }

    func testWritableNotReadable() {
        for flags in [0x5, 0xd] as [UInt64] {
            build(leaf: flags)
            expect(
                { .writableNotReadable($0) }, level: 0,
                said
                    + "0 page-table entry \(hex(flags, digits: 16)) at the physical address 0x80002b38 has W set and R "
                    + "clear, which is reserved.")
        }
    }

    func testNoLeaf() {
        build(leaf: entry(0x9000_0000, 1))
        expect(
            { .noLeaf($0) }, level: 0,
            said
                + "0 page-table entry 0x0000000024000001 at the physical address 0x80002b38 is no leaf, its R, W and X "
                + "bits are clear.")
    }

    func testMisalignedSuperpage() {
        build(leaf: 0)
        memory[0x8000_1d10] = entry(0x9000_1000, 0xf)
        expect(
            { .misalignedSuperpage($0) }, level: 1,
            said + "1 page-table entry 0x000000002400040f at the physical address 0x80001d10 maps a superpage at a "
                + "physical address that is no multiple of its size, 0x200000.")
    }

    func testReservedBits() {
        for bits in [1 << 54, 1 << 58, 3 << 61] as [UInt64] {
            build(leaf: entry(0x9000_0000, 0xf) | bits)
            expect(
                { .reservedBits($0) }, level: 0,
                said
                    + "0 page-table entry \(hex(0x2400_000f | bits, digits: 16)) at the physical address 0x80002b38 has "
                    + "the reserved bits \(hex(bits)) set.")
        }
        for bits in [1 << 4, 1 << 6, 1 << 7, 1 << 61, 1 << 63] as [UInt64] {
            build(leaf: 0xf)
            memory[0x8000_1d10] = entry(0x8000_2000, 1) | bits
            XCTAssertEqual(failure(translate(address, sv39))?.step?.entry.reservedBits, bits)
        }
        for harmless in [1 << 5, 3 << 8, 3 << 59] as [UInt64] {
            build(leaf: 0xf)
            memory[0x8000_1d10] = entry(0x8000_2000, 1) | harmless
            XCTAssertNoThrow(try translate(address, sv39).get())
        }
    }

    func testMemoryTypes() throws {
        build(leaf: entry(0x9000_0000, 0xc7) | 1 << 61)
        XCTAssertEqual(try translate(address, sv39).get().leaf?.entry.description, "rw---ad nc")
        build(leaf: entry(0x9000_0000, 0xc7) | 2 << 61)
        XCTAssertEqual(try translate(address, sv39).get().address.value, 0x9000_089a)
        XCTAssertEqual(try translate(address, sv39).get().leaf?.entry.description, "rw---ad io")
    }

    func testNAPOT() throws {
        build(leaf: entry(0x9000_8000, 0xcf) | 1 << 63)
        let result = try translate(address, sv39).get()
        XCTAssertEqual(result.address.value, 0x9000_789a, "the slot's low four bits take the place of 1000")
        XCTAssertEqual(result.pageByteCount, 64 << 10)
        XCTAssertEqual(result.leaf?.entry.description, "rwx--ad napot")

        build(leaf: entry(0x9000_4000, 0xcf) | 1 << 63)
        expect(
            { .reservedNAPOT($0) }, level: 0,
            said + "0 page-table entry 0x80000000240010cf at the physical address 0x80002b38 has N set, but is not a "
                + "level-0 leaf whose PPN ends in binary 1000.")
        build(leaf: 0)
        memory[0x8000_1d10] = entry(0x9000_0000, 0xf) | 1 << 63
        XCTAssertEqual(failure(translate(address, sv39))?.step?.level, 1)
    }

    func testTablesOutsideRAM() {
        build(leaf: 0)
        memory[0x8000_1d10] = entry(0xff_ffff_ffff_f000, 1)
        let failure = failure(translate(address, sv39))
        XCTAssertEqual(failure, .unreadable(level: 0, GuestPhysicalAddress(0xff_ffff_ffff_fb38)))
        XCTAssertEqual(
            failure?.message(for: GuestVirtualAddress(address)),
            said + "0 page-table entry at the physical address 0xfffffffffffb38 is not in RAM.")
    }

    func testAFailedReadEndsTheWalk() {
        XCTAssertThrowsError(
            try PageTable.translate(GuestVirtualAddress(0), satp: sv39) { _ throws(Broken) in throw Broken() }
        ) { XCTAssertTrue($0 is Broken) }
    }

    func testATableThatPointsToItselfEnds() {
        memory = [0x8000_0000: entry(0x8000_0000, 1)]
        XCTAssertEqual(failure(translate(0, SATP(10 << 60 | 0x80000)))?.step?.level, 0)
    }

    func testAnyBitsEndTheWalk() {
        var random = Seeded(state: 39)
        for round in 0..<20_000 {
            let satp = SATP(UInt64(8 + round % 3) << 60 | random.next() >> 20)
            let address = GuestVirtualAddress(random.next() >> UInt64(round % 60))
            _ = PageTable.translate(address, satp: satp) { _ in random.next() & ~(0x1F << 54) | 1 }
        }
    }
}

extension TranslationFailure {
    /// The entry at which the walk failed, where there is one.
    fileprivate var step: PageTableStep? {
        switch self {
        case .unsupportedMode, .notCanonical, .unreadable: nil
        case .invalid(let step), .writableNotReadable(let step), .reservedBits(let step),
            .misalignedSuperpage(let step), .reservedNAPOT(let step), .noLeaf(let step):
            step
        }
    }
}
