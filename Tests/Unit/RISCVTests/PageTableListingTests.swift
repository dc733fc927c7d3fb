import Guest
import XCTest

@testable import RISCV
@testable import Support

/// What page tables map, as ranges.
final class PageTableListingTests: XCTestCase {
    /// The tables in memory, by guest-physical address; the rest of memory does not exist.
    private var tables: [UInt64: [UInt64]] = [:]
    private var tableReads = 0

    private func entry(_ page: UInt64, _ flags: UInt64) -> UInt64 { page >> 2 | flags }

    private func table(_ address: UInt64, _ entries: [Int: UInt64]) {
        tables[address] = (0..<512).map { entries[$0] ?? 0 }
    }

    private func list(
        _ mode: UInt64 = 8, from first: UInt64 = 0, through last: UInt64 = .max, limit: Int = .max,
        tableLimit: Int = PageTableListing.tableLimit
    ) -> (lines: [String], end: PageTableListing.End?) {
        var lines: [String] = []
        tableReads = 0
        let found: (PageTableRange) -> Bool = { range in
            if lines.count == limit { return false }
            lines.append(PageTableListingTests.text(range))
            return true
        }
        var listing = PageTableListing(
            satp: SATP(mode << 60 | 0x80000), first: GuestVirtualAddress(first), last: GuestVirtualAddress(last),
            tableLimit: tableLimit,
            readTable: {
                self.tableReads += 1
                return self.tables[$0.value]
            }, found: found)
        let end = listing?.run()
        return (lines, end)
    }

    private static func text(_ range: PageTableRange) -> String {
        let place = "\(range.start)-\(range.last) "
        switch range.content {
        case .mapped(let physical, let size, let entry): return place + "\(entry) \(physical) \(size >> 10)K"
        case .broken(let failure): return place + failure.reason.prefix(1000)
        }
    }

    func testWithoutPagingThereIsNothing() {
        XCTAssertNil(list(0).end)
        XCTAssertNil(list(11).end)
    }

    func testNeighboursAreOneLine() {
        table(0x8000_0000, [0: entry(0x8000_1000, 1)])
        table(0x8000_1000, [1: entry(0x8000_2000, 1), 2: entry(0x8080_0000, 0xCF)])
        table(
            0x8000_2000,
            [
                0: entry(0x8010_0000, 0xCF), 1: entry(0x8010_1000, 0xCF),  // together
                2: entry(0x8010_3000, 0xCF),  // not behind them in physical memory
                3: entry(0x8010_4000, 0xC7),  // other permissions
                5: entry(0x8010_6000, 0xC7),  // a gap before it
                511: entry(0x807F_F000, 0xCF),  // before a page of another size
            ])
        let (lines, end) = list()
        XCTAssertEqual(end, .complete)
        XCTAssertEqual(
            lines,
            [
                "0x200000-0x201fff rwx--ad 0x80100000 4K", "0x202000-0x202fff rwx--ad 0x80103000 4K",
                "0x203000-0x203fff rw---ad 0x80104000 4K", "0x205000-0x205fff rw---ad 0x80106000 4K",
                "0x3ff000-0x3fffff rwx--ad 0x807ff000 4K", "0x400000-0x5fffff rwx--ad 0x80800000 2048K",
            ])
    }

    func testBothHalvesAndTheLastAddress() {
        table(
            0x8000_0000, [255: entry(0x8000_0000, 0xCF), 256: entry(0xC000_0000, 0xCF), 511: entry(0x8000_0000, 0x43)])
        let (lines, end) = list()
        XCTAssertEqual(end, .complete)
        XCTAssertEqual(
            lines,
            [
                "0x3fc0000000-0x3fffffffff rwx--ad 0x80000000 1048576K",
                "0xffffffc000000000-0xffffffc03fffffff rwx--ad 0xc0000000 1048576K",
                "0xffffffffc0000000-0xffffffffffffffff r----a- 0x80000000 1048576K",
            ])
        XCTAssertEqual(list(from: .max).lines.count, 1)
        XCTAssertEqual(list(from: 0xffff_ffc0_0000_0000, through: 0xffff_ffc0_0000_0000).lines.count, 1)
        XCTAssertEqual(list(from: 0x40_0000_0000, through: 0xffff_ffbf_ffff_ffff).lines, [])
        XCTAssertEqual(list(from: 0x3fff_ffff_ff, through: 0xffff_ffc0_0000_0000).lines.count, 2)
    }

    func testAllModes() {
        for (mode, start) in [(8, "0xffffffffc0000000"), (9, "0xffffff8000000000"), (10, "0xffff000000000000")]
            as [(UInt64, String)]
        {
            table(0x8000_0000, [511: 0xCF])
            XCTAssertEqual(list(mode).lines.count, 1)
            XCTAssertTrue(
                list(mode).lines[0].hasPrefix("\(start)-0xffffffffffffffff rwx--ad 0x0 "), list(mode).lines[0])
        }
        // Five levels down.
        for level in 0..<4 as Range<UInt64> {
            table(0x8000_0000 + level << 12, [1: entry(0x8000_1000 + level << 12, 1)])
        }
        table(0x8000_4000, [1: entry(0x9000_0000, 0x5F)])
        XCTAssertEqual(list(10).lines, ["0x1008040201000-0x1008040201fff rwxu-a- 0x90000000 4K"])
    }

    func testNAPOT() {
        table(0x8000_0000, [0: entry(0x8000_1000, 1)])
        table(0x8000_1000, [0: entry(0x8000_2000, 1)])
        let pages = (0..<16).map { ($0, 1 << 63 | entry(0x8011_8000, 0xCF)) }
        table(0x8000_2000, Dictionary(uniqueKeysWithValues: pages))
        XCTAssertEqual(list().lines, ["0x0-0xffff rwx--ad napot 0x80110000 64K"])
    }

    func testBrokenEntriesAreListedByKind() {
        table(
            0x8000_0000,
            [0: 0xCF | 1 << 54, 1: 0xCF | 1 << 55, 2: 5, 3: entry(0x8000_1000, 0xCF), 4: entry(0x1234_0000_0000, 1)])
        let (lines, end) = list()
        XCTAssertEqual(end, .complete)
        XCTAssertEqual(
            lines.map { $0.prefix(40) },
            [
                "0x0-0x7fffffff the level-2 page-table en", "0x80000000-0xbfffffff the level-2 page-t",
                "0xc0000000-0xffffffff the level-2 page-t", "0x100000000-0x13fffffff the level-1 page",
            ])
        XCTAssertTrue(lines[3].hasSuffix("0x123400000000 is not in RAM"), lines[3])
    }

    func testACycleEnds() {
        // Each entry of the only table points to the table itself.
        tables[0x8000_0000] = [UInt64](repeating: entry(0x8000_0000, 1), count: 512)
        for mode in 8...10 as ClosedRange<UInt64> {
            let (lines, end) = list(mode, tableLimit: 900)
            guard case .tooManyTables(let rest)? = end else {
                XCTFail("it ended otherwise")
                continue
            }
            XCTAssertEqual(tableReads, 900)
            XCTAssertEqual(lines.count, 1)
            XCTAssertTrue(lines[0].hasPrefix("0x0-\(rest - 1) the level-0 page-table entry"), lines[0])
            // Where it goes on, it goes further.
            guard case .tooManyTables(let further)? = list(mode, from: rest.value, tableLimit: 900).end else {
                XCTFail("it ended otherwise")
                continue
            }
            XCTAssertGreaterThan(further, rest)
        }
    }

    func testItStopsWhenTheCallerHasEnough() {
        table(0x8000_0000, [0: 0xCF, 2: 0xCF, 4: 0xCF])
        XCTAssertEqual(list(limit: 2).end, .stopped)
        XCTAssertEqual(list(limit: 2).lines.count, 2)
        XCTAssertEqual(list(limit: 3).end, .complete)
        var listing = PageTableListing(
            satp: SATP(8 << 60), first: GuestVirtualAddress(0), last: GuestVirtualAddress(.max),
            readTable: { _ in nil }, isStopped: { true }, found: { _ in true })
        XCTAssertEqual(listing?.run(), .stopped)
    }

    /// Garbage: each address of a range that is listed as mapped is translated to what the listing says, and the others
    /// are not.
    func testItAgreesWithTranslation() {
        var random = Seeded(state: 7)
        for round in 0..<12 {
            tables = [:]
            for page in 0..<6 as Range<UInt64> {
                tables[0x8000_0000 + page << 12] = (0..<512).map { _ in
                    guard UInt64.random(in: 0..<8, using: &random) == 0 else { return 0 }
                    let target = entry(0x8000_0000 + UInt64.random(in: 0..<8, using: &random) << 12, 0)
                    let flags = UInt64.random(in: 0..<256, using: &random)
                    let leaf = entry(UInt64.random(in: 0..<4, using: &random) << 30, flags | 1)
                    return UInt64.random(in: 0..<2, using: &random) == 0 ? target | 1 : leaf
                }
            }
            let satp = SATP(8 << 60 | 0x80000)
            var ranges: [PageTableRange] = []
            var listing = PageTableListing(
                satp: satp, first: GuestVirtualAddress(0), last: GuestVirtualAddress(.max), tableLimit: 500,
                readTable: { self.tables[$0.value] },
                found: {
                    ranges.append($0)
                    return ranges.count < 3000
                })
            XCTAssertNotNil(listing?.run(), "round \(round)")
            for (before, after) in zip(ranges, ranges.dropFirst()) { XCTAssertLessThan(before.last, after.start) }
            for range in ranges {
                let size = range.last - range.start
                let offset = UInt64.random(in: 0...size, using: &random)
                for address in [range.start, range.last, range.start + offset] {
                    let result = PageTable.translate(address, satp: satp) { slot in
                        self.tables[slot.value & ~4095].map { $0[Int(slot.value & 4095) / 8] }
                    }
                    switch (range.content, result) {
                    case (.mapped(let physical, let pageSize, _), .success(let translation)):
                        XCTAssertEqual(translation.address, physical + (address - range.start))
                        XCTAssertEqual(translation.pageByteCount, pageSize)
                    case (.broken, .failure): break
                    default: XCTFail("\(address) of round \(round): listed and translated differently")
                    }
                }
            }
        }
    }
}
