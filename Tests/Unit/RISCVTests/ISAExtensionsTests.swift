import Guest
import XCTest

@testable import RISCV

final class ISAExtensionsTests: XCTestCase {
    /// A kernel that knows the single registers, and those of 64 extensions where it is new enough.
    private struct Kernel {
        var names: Set<String>
        var hasMulti: Bool
        /// How many of the extensions the kernel knows: those behind have no register.
        var knownCount = isaExtensionNames.count

        func read(_ id: RegisterID) -> UInt64? {
            guard id.kind == .isa else { return nil }
            if id.subtype == 1 {
                guard hasMulti, id.index == 0 else { return nil }
                return isaExtensionNames.prefix(knownCount).enumerated().reduce(0) {
                    names.contains($1.element) ? $0 | 1 << UInt64($1.offset) : $0
                }
            }
            let index = Int(id.index)
            guard id.subtype == 0, index < knownCount else { return nil }
            return names.contains(isaExtensionNames[index]) ? 1 : 0
        }
    }

    private func names(_ kernel: Kernel) -> (names: [String], reads: Int) {
        var reads = 0
        let names = ISAExtensions.names { (id) throws(Never) -> UInt64? in
            reads += 1
            return kernel.read(id)
        }
        return (names, reads)
    }

    func testTheSingleLettersComeFirstInTheirOrder() {
        let all: Set = ["a", "c", "d", "f", "h", "i", "m", "v", "zba", "sstc", "zicbom", "svpbmt"]
        for hasMulti in [false, true] {
            XCTAssertEqual(
                names(Kernel(names: all, hasMulti: hasMulti)).names,
                ["i", "m", "a", "f", "d", "c", "v", "h", "sstc", "svpbmt", "zba", "zicbom"])
        }
    }

    func testOneSystemCallIsEnoughWhereTheKernelHasThem() {
        XCTAssertEqual(names(Kernel(names: ["i"], hasMulti: true)).reads, 1)
        XCTAssertEqual(names(Kernel(names: ["i"], hasMulti: false)).reads, 1 + isaExtensionNames.count)
    }

    func testEachExtensionIsFoundByItsOwnBit() {
        for name in isaExtensionNames {
            for hasMulti in [false, true] {
                XCTAssertEqual(names(Kernel(names: [name], hasMulti: hasMulti)).names, [name])
            }
        }
        XCTAssertEqual(
            names(Kernel(names: Set(isaExtensionNames), hasMulti: true)).names.count, isaExtensionNames.count)
    }

    func testAnOlderKernelKnowsFewer() {
        let kernel = Kernel(names: Set(isaExtensionNames), hasMulti: false, knownCount: 10)
        XCTAssertEqual(names(kernel).names, ["i", "m", "a", "f", "d", "c", "h", "sstc", "svinval", "svpbmt"])
    }

    func testAsOneText() {
        XCTAssertEqual(ISAExtensions.text(of: ["i", "m", "a", "zba", "zbb"]), "rv64ima_zba_zbb")
        XCTAssertEqual(ISAExtensions.text(of: []), "rv64")
    }

    func testAFailureComesThrough() {
        struct Failure: Error {}
        XCTAssertThrowsError(try ISAExtensions.names { (_) throws(Failure) -> UInt64? in throw Failure() })
    }
}
