import Guest
import XCTest

@testable import Machine
@testable import Support

final class PLICTests: XCTestCase {
    private var told: [String] = []

    private func makePLIC(harts: Int = 1) -> PLIC {
        PLIC(hartCount: harts) { self.told.append("\($0) \($1 ? "up" : "down")") }
    }

    private func takeTold() -> [String] {
        defer { told = [] }
        return told
    }

    /// Supervisor mode of `hart`.
    private func enable(_ plic: PLIC, hart: UInt64 = 0, _ sources: UInt64) {
        XCTAssertNil(plic.store(sources, at: 0x2080 + 0x100 * hart, byteCount: 4))
    }
    private func setThreshold(_ plic: PLIC, hart: UInt64 = 0, _ value: UInt64) {
        XCTAssertNil(plic.store(value, at: 0x20_1000 + 0x2000 * hart, byteCount: 4))
    }
    private func setPriority(_ plic: PLIC, _ source: UInt64, _ value: UInt64) {
        XCTAssertNil(plic.store(value, at: 4 * source, byteCount: 4))
    }
    private func claim(_ plic: PLIC, hart: UInt64 = 0) -> UInt64 {
        plic.load(at: 0x20_1004 + 0x2000 * hart, byteCount: 4)
    }
    private func complete(_ plic: PLIC, hart: UInt64 = 0, _ source: UInt64) {
        XCTAssertNil(plic.store(source, at: 0x20_1004 + 0x2000 * hart, byteCount: 4))
    }
    private func pending(_ plic: PLIC) -> UInt64 { plic.load(at: 0x1000, byteCount: 4) }

    func testWhereItIs() {
        let plic = makePLIC()
        XCTAssertEqual(plic.region.start, GuestPhysicalAddress(0x0C00_0000))
        XCTAssertEqual(plic.region.byteCount, 0x60_0000)
    }

    func testAnInterruptFromTheLineToItsCompletion() {
        let plic = makePLIC()
        setPriority(plic, 10, 1)
        enable(plic, 1 << 10)
        plic.setLine(10, true)
        XCTAssertEqual(takeTold(), ["0 up"])
        XCTAssertEqual(pending(plic), 1 << 10)
        XCTAssertEqual(claim(plic), 10)
        XCTAssertEqual(takeTold(), ["0 down"])
        XCTAssertEqual(pending(plic), 0)
        XCTAssertEqual(claim(plic), 0)
        plic.setLine(10, false)
        complete(plic, 10)
        XCTAssertEqual(pending(plic), 0)
        XCTAssertEqual(takeTold(), [])
        plic.setLine(10, true)
        XCTAssertEqual(takeTold(), ["0 up"])
    }

    func testALineThatIsStillHighInterruptsAgainOnceItIsCompleted() {
        let plic = makePLIC()
        setPriority(plic, 10, 1)
        enable(plic, 1 << 10)
        plic.setLine(10, true)
        XCTAssertEqual(claim(plic), 10)
        XCTAssertEqual(takeTold(), ["0 up", "0 down"])
        // The gateway lets nothing through until then.
        plic.setLine(10, false)
        plic.setLine(10, true)
        XCTAssertEqual(pending(plic), 0)
        XCTAssertEqual(takeTold(), [])
        complete(plic, 10)
        XCTAssertEqual(pending(plic), 1 << 10)
        XCTAssertEqual(takeTold(), ["0 up"])
        XCTAssertEqual(claim(plic), 10)
    }

    func testARequestStaysWhenItsLineFalls() {
        let plic = makePLIC()
        setPriority(plic, 3, 1)
        enable(plic, 1 << 3)
        plic.setLine(3, true)
        plic.setLine(3, false)
        XCTAssertEqual(claim(plic), 3)
        complete(plic, 3)
        XCTAssertEqual(claim(plic), 0)
    }

    func testTheHighestPriorityFirstAndOfEqualsTheLowestSource() {
        let plic = makePLIC()
        for (source, priority) in [(1, 2), (5, 7), (9, 7), (31, 3)] as [(UInt64, UInt64)] {
            setPriority(plic, source, priority)
            plic.setLine(Int(source), true)
        }
        enable(plic, 0xFFFF_FFFF)
        XCTAssertEqual((0..<5).map { _ in claim(plic) }, [5, 9, 31, 1, 0])
        XCTAssertEqual(takeTold(), ["0 up", "0 down"])
    }

    func testPriority0NeverInterrupts() {
        let plic = makePLIC()
        enable(plic, 1 << 4)
        plic.setLine(4, true)
        XCTAssertEqual(pending(plic), 1 << 4)
        XCTAssertEqual(claim(plic), 0)
        XCTAssertEqual(takeTold(), [])
        setPriority(plic, 4, 1)
        XCTAssertEqual(takeTold(), ["0 up"])
        setPriority(plic, 4, 0)
        XCTAssertEqual(takeTold(), ["0 down"])
    }

    func testTheThresholdMasksButDoesNotKeepFromClaiming() {
        let plic = makePLIC()
        setPriority(plic, 4, 3)
        enable(plic, 1 << 4)
        setThreshold(plic, 3)
        plic.setLine(4, true)
        XCTAssertEqual(takeTold(), [])
        setThreshold(plic, 2)
        XCTAssertEqual(takeTold(), ["0 up"])
        setThreshold(plic, 7)
        XCTAssertEqual(takeTold(), ["0 down"])
        XCTAssertEqual(claim(plic), 4)
    }

    func testWhatIsNotEnabledIsNotTaken() {
        let plic = makePLIC()
        setPriority(plic, 4, 1)
        plic.setLine(4, true)
        XCTAssertEqual(claim(plic), 0)
        enable(plic, 1 << 4)
        XCTAssertEqual(takeTold(), ["0 up"])
        enable(plic, 0)
        XCTAssertEqual(takeTold(), ["0 down"])
        enable(plic, 1 << 4)
        XCTAssertEqual(claim(plic), 4)
        // A context completes only what it has enabled.
        enable(plic, 0)
        complete(plic, 4)
        enable(plic, 1 << 4)
        XCTAssertEqual(claim(plic), 0)
        complete(plic, 4)
        XCTAssertEqual(claim(plic), 4)
    }

    func testRegistersKeepWhatTheyCan() {
        let plic = makePLIC()
        for source in 0...40 as ClosedRange<UInt64> { setPriority(plic, source, 0xFF) }
        XCTAssertEqual(plic.load(at: 0, byteCount: 4), 0)
        XCTAssertEqual(plic.load(at: 4 * 31, byteCount: 4), 7)
        XCTAssertEqual(plic.load(at: 4 * 32, byteCount: 4), 0)
        enable(plic, 0xFFFF_FFFF)
        XCTAssertEqual(plic.load(at: 0x2080, byteCount: 4), 0xFFFF_FFFE)
        XCTAssertEqual(plic.load(at: 0x2084, byteCount: 4), 0)
        setThreshold(plic, 0xFF)
        XCTAssertEqual(plic.load(at: 0x20_1000, byteCount: 4), 7)
        // What lies between, and what is not aligned, is nothing.
        for offset in [1, 0x1004, 0x2081, 0x20_1002, 0x20_1008, 0x20_2000, 0x5F_FFFC] as [UInt64] {
            XCTAssertNil(plic.store(.max, at: offset, byteCount: 4))
            XCTAssertEqual(plic.load(at: offset, byteCount: 4), 0, "\(offset)")
        }
        XCTAssertNil(plic.store(0, at: 0x1000, byteCount: 4))
        XCTAssertEqual(takeTold(), [])
    }

    func testCompletingWhatThereIsNotDoesNothing() {
        let plic = makePLIC()
        setPriority(plic, 1, 1)
        enable(plic, 0xFFFF_FFFF)
        for source in [0, 1, 2, 31, 32, 0x1_0000_0001, .max] as [UInt64] { complete(plic, source) }
        XCTAssertEqual(claim(plic), 0)
        XCTAssertEqual(takeTold(), [])
    }

    func testEachHartHasItsContextsAndMachineModeInterruptsNobody() {
        let plic = makePLIC(harts: 3)
        setPriority(plic, 2, 1)
        // Machine mode of hart 1: context 2.
        XCTAssertNil(plic.store(1 << 2, at: 0x2100, byteCount: 4))
        plic.setLine(2, true)
        XCTAssertEqual(takeTold(), [])
        enable(plic, hart: 2, 1 << 2)
        XCTAssertEqual(takeTold(), ["2 up"])
        enable(plic, hart: 0, 1 << 2)
        XCTAssertEqual(takeTold(), ["0 up"])
        // Who claims it first has it; the others find nothing.
        XCTAssertEqual(claim(plic, hart: 0), 2)
        XCTAssertEqual(takeTold(), ["0 down", "2 down"])
        XCTAssertEqual(claim(plic, hart: 2), 0)
        // Any context that has it enabled completes it.
        complete(plic, hart: 2, 2)
        XCTAssertEqual(takeTold(), ["0 up", "2 up"])
        // There is no hart 3.
        enable(plic, hart: 3, 1 << 2)
        XCTAssertEqual(plic.load(at: 0x2080 + 0x300, byteCount: 4), 0)
        XCTAssertEqual(claim(plic, hart: 3), 0)
    }

    func testRandomAccessesDoNoHarm() {
        let plic = makePLIC(harts: 2)
        var random = Seeded(state: 1)
        for _ in 0..<50_000 {
            let offset = UInt64.random(in: 0..<0x60_0000 - 8, using: &random) & ~(Bool.random(using: &random) ? 3 : 0)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: _ = plic.load(at: offset, byteCount: 4)
            case 1: XCTAssertNil(plic.store(random.next(), at: offset & 0x20_7FFF, byteCount: 4))
            default: plic.setLine(Int.random(in: 1...31, using: &random), Bool.random(using: &random))
            }
        }
    }
}
