import Foundation
import Guest
import XCTest

@testable import Symbols

/// The kernel of the lab: what is found in its Image is what it says itself when it runs. Tests/run says where both are; without it
/// there is nothing to look at.
final class LabKernelTests: XCTestCase {
    private func file(_ variable: String) throws -> [UInt8] {
        guard let path = ProcessInfo.processInfo.environment[variable] else {
            throw XCTSkip("\(variable) is not set: Tests/run sets it")
        }
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func read(_ image: [UInt8]) throws -> Kallsyms {
        try image.withUnsafeBytes { bytes in try Kallsyms(in: bytes) }
    }

    func testTheImageTellsItsOwnSize() throws {
        let image = try file("KVMDBG_LAB_KERNEL")
        let table = try read(image).table
        XCTAssertGreaterThan(table.symbols.count, 50_000)
        let start = try XCTUnwrap(table.symbol(named: "_start")?.address)
        let end = try XCTUnwrap(table.symbol(named: "_end")?.address)
        // The header's image_size.
        XCTAssertEqual(end - start, image[16..<24].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        let banner = Int(try XCTUnwrap(table.symbol(named: "linux_banner")?.address) - start)
        XCTAssertTrue(image[banner...].starts(with: "Linux version ".utf8))
        XCTAssertEqual(
            table.describe(try XCTUnwrap(table.symbol(named: "start_kernel")?.address) + 4), "start_kernel+4")
    }

    func testItHasWhatTheKernelPrints() throws {
        let kallsyms = try read(try file("KVMDBG_LAB_KERNEL"))
        let printed = try SymbolMap(path: "/proc/kallsyms", bytes: try file("KVMDBG_LAB_KALLSYMS"))
        let found = Set(kallsyms.symbols.map { "\($0.address) \($0.name) \($0.kind) \($0.binding)" })
        // The modules are elsewhere, below the kernel and above it.
        let start = try XCTUnwrap(kallsyms.symbols.first?.address)
        let end = try XCTUnwrap(kallsyms.symbols.last?.address)
        let kernel = printed.symbols.filter { $0.address >= start && $0.address <= end }
        XCTAssertGreaterThan(kernel.count, 50_000)
        let missing = kernel.filter { !found.contains("\($0.address) \($0.name) \($0.kind) \($0.binding)") }
        XCTAssertLessThanOrEqual(missing.count * 100, kernel.count, "missing: \(missing.prefix(5))")
    }

    func testEveryCutOfTheImageIsAnswered() throws {
        let image = try file("KVMDBG_LAB_KERNEL")
        for part in 1...8 {
            let cut = Array(image[..<(image.count * part / 9)])
            guard let symbols = try? read(cut).symbols else { continue }
            XCTAssertGreaterThan(symbols.count, 50_000)
        }
    }

    func testItTakesNoLongTime() throws {
        let image = try file("KVMDBG_LAB_KERNEL")
        let start = ContinuousClock.now
        _ = try read(image)
        // Without optimisation; the program takes a tenth of it.
        XCTAssertLessThan(start.duration(to: .now), .seconds(10))
    }
}
