import Guest
import Target
import XCTest

@testable import Machine

final class LoadPlanTests: XCTestCase {
    private let ram = MemoryRegion(start: GuestRAM.start, byteCount: 1 << 20)

    private func segment(
        _ number: Int = 0, at physical: UInt64 = 0x8000_0000, virtual: UInt64? = nil, file: Int = 16, size: UInt64 = 16
    ) -> LoadSegment {
        LoadSegment(
            number: number, physical: GuestPhysicalAddress(physical), virtual: GuestVirtualAddress(virtual ?? physical),
            fileBytes: [UInt8](repeating: 0xAA, count: file)[...], memorySize: size)
    }

    private func plan(_ segments: LoadSegment..., entry: UInt64 = 0x8000_0000) throws -> LoadPlan {
        try LoadPlan(segments: segments, entry: GuestVirtualAddress(entry), ram: ram)
    }

    private func refusal(
        _ segments: LoadSegment..., entry: UInt64 = 0x8000_0000, says parts: String..., file: StaticString = #filePath,
        line: UInt = #line
    ) -> LoadError? {
        do throws(MachineError) {
            _ = try LoadPlan(segments: segments, entry: GuestVirtualAddress(entry), ram: ram)
            XCTFail("accepted", file: file, line: line)
        } catch {
            for part in parts where !error.message.contains(part) {
                XCTFail("\"\(part)\" is not in: \(error.message)", file: file, line: line)
            }
            if case .load(let error) = error { return error }
        }
        return nil
    }

    func testSegmentsAreSortedAndEmptyOnesDropped() throws {
        let plan = try plan(segment(2, at: 0x8000_1000), segment(1, at: 0, file: 0, size: 0), segment(0))
        XCTAssertEqual(plan.segments.map(\.number), [0, 2])
        XCTAssertEqual(plan.entry, GuestPhysicalAddress(0x8000_0000))
    }

    func testTheEntryIsTranslatedByItsSegment() throws {
        let high = segment(0, at: 0x8002_0000, virtual: 0xFFFF_FFFF_8000_0000, size: 0x1000)
        XCTAssertEqual(try plan(high, entry: 0xFFFF_FFFF_8000_0010).entry, GuestPhysicalAddress(0x8002_0010))
        let top = segment(0, at: 0x8002_0000, virtual: 0xFFFF_FFFF_FFFF_F000, size: 0x1000)
        XCTAssertEqual(try plan(top, entry: .max).entry, GuestPhysicalAddress(0x8002_0FFF))
    }

    func testTheWholeOfRAMMayBeTaken() throws {
        XCTAssertNoThrow(try plan(segment(0, size: 1 << 20)))
        XCTAssertNoThrow(try plan(segment(0), segment(1, at: 0x8000_0010)))
    }

    func testNothingToLoad() {
        XCTAssertEqual(refusal(says: "no loadable segment"), .nothingToLoad)
        XCTAssertEqual(refusal(segment(0, file: 0, size: 0), says: "PT_LOAD"), .nothingToLoad)
    }

    func testOutsideRAM() {
        for (address, size) in [(0x7FFF_FFF8, 16), (0x8010_0000, 16), (0x800F_FFF8, 16), (0, 16)] as [(UInt64, UInt64)]
        {
            let error = refusal(segment(3, at: address, size: size), says: "Segment 3", "0x80000000 to 0x800fffff")
            guard case .outsideRAM? = error else { return XCTFail("another error at \(address)") }
        }
        _ = refusal(segment(3, size: 3 << 20), says: "--memory", "3M", "(0x80000000 to 0x802fffff)")
        _ = refusal(segment(3, at: 0x1000), says: "p_paddr", "at or above 0x80000000")
    }

    func testWrapping() {
        let error = refusal(segment(1, at: .max - 7), says: "Segment 1", "0xfffffffffffffff8", "0x10 bytes")
        guard case .wrapsAround? = error else { return XCTFail("another error") }
        _ = refusal(segment(1, at: 0x8000_0000, size: .max), says: "behind the last address")
        guard case .outsideRAM? = refusal(segment(1, at: .max - 15)) else { return XCTFail("ends at 2⁶⁴: no wrap") }
    }

    func testOverlap() {
        let error = refusal(
            segment(4, at: 0x8000_0010), segment(7, size: 17), says: "Segment 7", "segment 4", "p_paddr")
        guard case .overlap? = error else { return XCTFail("another error") }
        _ = refusal(segment(0), segment(1), says: "overlap")
        // Only memory counts, not what the virtual addresses say.
        XCTAssertNoThrow(try plan(segment(0), segment(1, at: 0x8000_1000, virtual: 0x8000_0000)))
    }

    func testFileLargerThanMemory() {
        let error = refusal(segment(2, file: 17, size: 16), says: "Segment 2", "17 bytes", "p_filesz")
        guard case .fileLargerThanMemory? = error else { return XCTFail("another error") }
        _ = refusal(segment(2, file: 17, size: 0), says: "p_filesz")
    }

    func testEntryOutside() {
        for entry in [0x8000_0010, 0x7FFF_FFFF, 0, UInt64.max] as [UInt64] {
            let error = refusal(
                segment(5), entry: entry, says: hex(entry), "segment 5 (0x80000000 to 0x8000000f)", "ENTRY")
            guard case .entryOutside? = error else { return XCTFail("another error at \(entry)") }
        }
    }
}
