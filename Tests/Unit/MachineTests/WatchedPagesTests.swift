import Guest
import Target
import XCTest

@testable import Machine

/// Which pages are watched, and how the RAM is cut for them.
final class WatchedPagesTests: XCTestCase {
    private let ram = MemoryRegion(start: GuestPhysicalAddress(0x8000_0000), byteCount: 0x10000)

    private func range(_ offset: UInt64, _ byteCount: UInt64, _ kind: WatchedRange.Kind = .change) -> WatchedRange {
        WatchedRange(start: GuestPhysicalAddress(0x8000_0000 + offset), byteCount: byteCount, kind: kind)
    }

    /// The pieces as "offset+pages" with r for read-only.
    private func text(_ pages: WatchedPages) -> String {
        MemoryPiece.pieces(of: ram, pages: pages.pages).map {
            "\(($0.start.value - 0x8000_0000) / 4096)+\($0.byteCount / 4096)" + ($0.isReadOnly ? "r" : "")
        }.joined(separator: " ")
    }

    func testWithoutWatchesThereIsOnePiece() {
        XCTAssertEqual(text(WatchedPages()), "0+16")
        XCTAssertFalse(WatchedPages().hasClosedPage)
    }

    func testPagesAreCutOut() {
        XCTAssertEqual(text(WatchedPages([range(0x1008, 8)])), "0+1 1+1r 2+14")
        XCTAssertEqual(text(WatchedPages([range(0x1008, 8), range(0x1FF0, 1)])), "0+1 1+1r 2+14")
        XCTAssertEqual(text(WatchedPages([range(0x3000, 8), range(0x1FFF, 1)])), "0+1 1+1r 2+1 3+1r 4+12")
        XCTAssertEqual(text(WatchedPages([range(0, 1), range(0xFFFF, 1)])), "0+1r 1+14 15+1r")
        XCTAssertEqual(text(WatchedPages([range(0x1FFC, 8)])), "0+1 1+1r 2+1r 3+13")
        XCTAssertEqual(text(WatchedPages([range(0x1000, 0)])), "0+16")
    }

    func testPagesWatchedForLoadsAreInNoPiece() {
        XCTAssertEqual(text(WatchedPages([range(0x1000, 8, .read)])), "0+1 2+14")
        XCTAssertEqual(text(WatchedPages([range(0x1000, 8, .access)])), "0+1 2+14")
        XCTAssertEqual(text(WatchedPages([range(0x1000, 8), range(0x1800, 8, .read)])), "0+1 2+14")
    }

    func testOpenPagesAreOrdinaryOnes() {
        var pages = WatchedPages([range(0x1000, 8), range(0x3000, 8, .read)])
        pages.open(at: [GuestPhysicalAddress(0x8000_1FFF), GuestPhysicalAddress(0x8000_2000)])
        XCTAssertEqual(text(pages), "0+1 1+1 2+1 4+12")
        XCTAssertTrue(pages.hasClosedPage)
        pages.open(at: nil)
        XCTAssertEqual(text(pages), "0+1 1+1 2+1 3+1 4+12")
        XCTAssertFalse(pages.hasClosedPage)
        XCTAssertTrue(pages.close())
        XCTAssertFalse(pages.close())
        XCTAssertEqual(text(pages), "0+1 1+1r 2+1 4+12")
    }

    func testAPageIsFoundByAnyOfItsBytes() {
        let pages = WatchedPages([range(0x1010, 4)])
        XCTAssertEqual(pages[GuestPhysicalAddress(0x8000_1FFF)]?.start.value, 0x8000_1000)
        XCTAssertEqual(pages[GuestPhysicalAddress(0x8000_1000)]?.start.value, 0x8000_1000)
        XCTAssertNil(pages[GuestPhysicalAddress(0x8000_0FFF)])
        XCTAssertNil(pages[GuestPhysicalAddress(0x8000_2000)])
    }

    func testFromTheFirstWatchedByteToTheLast() throws {
        let pages = WatchedPages([range(0x1020, 4), range(0x1010, 4), range(0x1018, 1)])
        let page = try XCTUnwrap(pages[GuestPhysicalAddress(0x8000_1000)])
        XCTAssertEqual(page.watchedSpan, range(0x1010, 0x14).region)
    }

    func testWhatAPageTells() throws {
        let pages = WatchedPages([range(0x1010, 4), range(0x1020, 4, .read), range(0x1030, 4, .access)])
        let page = try XCTUnwrap(pages[GuestPhysicalAddress(0x8000_1000)])
        func region(_ offset: UInt64, _ count: UInt64) -> MemoryRegion { range(offset, count).region }
        XCTAssertTrue(page.tellsChange(at: GuestPhysicalAddress(0x8000_1013)))
        XCTAssertFalse(page.tellsChange(at: GuestPhysicalAddress(0x8000_1014)))
        XCTAssertFalse(page.tellsChange(at: GuestPhysicalAddress(0x8000_1030)))
        XCTAssertTrue(page.tellsLoad(of: region(0x101D, 4)))
        XCTAssertFalse(page.tellsLoad(of: region(0x101C, 4)))
        XCTAssertFalse(page.tellsLoad(of: region(0x1010, 4)))
        XCTAssertTrue(page.tellsLoad(of: region(0x1033, 1)))
        XCTAssertFalse(page.tellsStore(to: region(0x1020, 4)))
        XCTAssertTrue(page.tellsStore(to: region(0x102C, 8)))
        XCTAssertFalse(page.tellsStore(to: region(0x1034, 8)))
    }
}
