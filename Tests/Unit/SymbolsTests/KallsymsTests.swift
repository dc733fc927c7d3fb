import Foundation
import Guest
import XCTest

@testable import Support
@testable import Symbols

/// The table that a Linux kernel has in itself, in each form it has had, whole and damaged.
final class KallsymsTests: XCTestCase {
    private func read(_ bytes: [UInt8]) -> Result<Kallsyms, KallsymsError> {
        bytes.withUnsafeBytes { bytes in Result { () throws(KallsymsError) in try Kallsyms(in: bytes) } }
    }

    private func check(_ builder: KallsymsBuilder, file: StaticString = #filePath, line: UInt = #line) throws {
        var builder = builder
        let found = try read(builder.image()).get().symbols
        XCTAssertEqual(found.map(\.name), builder.symbols.map(\.name), file: file, line: line)
        XCTAssertEqual(found.map(\.address.value), builder.symbols.map(\.address), file: file, line: line)
    }

    func testEachLayoutIsFound() throws {
        for order in [KallsymsBuilder.Order.addressesFirst, .addressesLast] {
            for sequence in [KallsymsBuilder.Sequence.none, .threeBytes, .fourBytes] {
                for isAbsolute in [false, true] {
                    for count in [257, 258, 511, 512, 513, 1025] {
                        var builder = KallsymsBuilder()
                        builder.symbols = KallsymsBuilder.symbols(count)
                        builder.order = order
                        builder.sequence = sequence
                        builder.isAbsolute = isAbsolute
                        try check(builder)
                    }
                }
            }
        }
    }

    func testLongNames() throws {
        for (order, hasLongLengths, longest) in [
            (KallsymsBuilder.Order.addressesFirst, false, 200), (.addressesFirst, true, 500),
            (.addressesLast, true, 500),
        ] {
            var builder = KallsymsBuilder()
            // Bytes of which no pair is frequent: they stay as long as they are.
            var random = Seeded(state: 3)
            builder.symbols = KallsymsBuilder.symbols(700)
            for index in stride(from: 5, to: 600, by: 37) {
                let letters = (0..<longest).map { _ in UInt8.random(in: 0x30...0x7A, using: &random) }
                builder.symbols[index].name = String(decoding: letters, as: UTF8.self)
            }
            builder.order = order
            builder.hasLongLengths = hasLongLengths
            builder.sequence = .none
            try check(builder)
            _ = builder.image()
            XCTAssertGreaterThan(builder.longestName, hasLongLengths ? 300 : 127)
        }
    }

    func testTypesAreLetters() throws {
        var builder = KallsymsBuilder()
        let letters: [(Character, Symbol.Kind, Symbol.Binding)] = [
            ("T", .function, .global), ("t", .function, .local), ("W", .function, .weak), ("V", .object, .weak),
            ("D", .object, .global), ("b", .object, .local), ("r", .object, .local), ("a", .untyped, .local),
        ]
        for (index, row) in letters.enumerated() { builder.symbols[10 + index].letter = row.0 }
        let symbols = try read(builder.image()).get().symbols
        for (index, row) in letters.enumerated() {
            XCTAssertEqual(symbols[10 + index].kind, row.1, "\(row.0)")
            XCTAssertEqual(symbols[10 + index].binding, row.2, "\(row.0)")
            XCTAssertEqual(symbols[10 + index].isAbsolute, row.0 == "a")
        }
    }

    /// Before a relocatable kernel has run, its relocations say from where the addresses count.
    func testARelocatableKernelThatHasNotRun() throws {
        for order in [KallsymsBuilder.Order.addressesFirst, .addressesLast] {
            var builder = KallsymsBuilder()
            builder.order = order
            builder.isRelocatable = true
            try check(builder)
            // Without them, nothing says.
            var bytes = builder.image()
            let entry = KallsymsBuilder.little(KallsymsBuilder.link + UInt64(builder.basePlace))
            let places = bytes.indices.filter { bytes[$0...].starts(with: entry) }
            XCTAssertEqual(places.count, 1)
            bytes[places[0]] ^= 8
            guard case .failure(.notRelocated(600)) = read(bytes) else { return XCTFail("relocated by what?") }
        }
    }

    func testWhereTheTableEndsNoNameReaches() throws {
        var builder = KallsymsBuilder()
        let table = try read(builder.image()).get().table
        let end = try XCTUnwrap(table.symbol(named: "_end")?.address)
        XCTAssertEqual(table.describe(end), "_end")
        XCTAssertNil(table.describe(end + 1))
        XCTAssertEqual(table.describe(end - 1), "start_kernel+\(0x5000 - 0x180 - 1)")
        XCTAssertNil(table.describe(GuestVirtualAddress(KallsymsBuilder.link - 1)))
    }

    func testWhatIsMissingIsSaid() throws {
        var builder = KallsymsBuilder()
        let whole = builder.image()
        guard case .failure(.noTokens) = read([]), case .failure(.noTokens) = read(Array(whole[..<builder.indexPlace]))
        else { return XCTFail("tokens without an index") }
        var bytes = whole
        bytes[builder.markersPlace + 4] ^= 1
        guard case .failure(.noNames) = read(bytes) else { return XCTFail("names without markers") }
        bytes = whole
        bytes[builder.indexPlace + 512 + 7] ^= 0x80
        guard case .failure(.noAddresses(600)) = read(bytes) else { return XCTFail("addresses out of order") }
        var stops = 0
        let stopped = whole.withUnsafeBytes { bytes in
            Result { () throws(KallsymsError) in
                try Kallsyms(
                    in: bytes,
                    isStopped: {
                        stops += 1
                        return true
                    })
            }
        }
        guard case .failure(.stopped) = stopped else { return XCTFail("not stopped") }
        XCTAssertGreaterThan(stops, 0)
        for error in [
            KallsymsError.noTokens, .noNames, .noAddresses(2), .notRelocated(2), .tooMuchText(2), .stopped,
        ] {
            XCTAssertTrue(error.reason.hasSuffix("."), error.reason)
        }
    }

    /// Wherever it is cut and whichever bits are wrong: an answer, soon, and no more symbols than bytes.
    func testDamagedTables() throws {
        var random = Seeded(state: 5)
        for order in [KallsymsBuilder.Order.addressesFirst, .addressesLast] {
            var builder = KallsymsBuilder()
            builder.order = order
            builder.front = 64
            let whole = builder.image()
            for end in stride(from: 0, to: whole.count, by: 97) { _ = read(Array(whole[..<end])) }
            for start in stride(from: 0, to: whole.count, by: 97) { _ = read(Array(whole[start...])) }
            for _ in 0..<3000 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...8, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                guard case .success(let kallsyms) = read(bytes) else { continue }
                XCTAssertLessThanOrEqual(kallsyms.symbols.count, builder.symbols.count)
                for symbol in kallsyms.symbols where symbol.name.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F }) {
                    XCTFail("a name that steers a terminal")
                }
            }
        }
    }

    /// What looks like the beginning of a table again and again must not be followed again and again.
    func testMisleadingBytesTakeNoLongTime() throws {
        var builder = KallsymsBuilder()
        let whole = builder.image()
        let tokens = Array(whole[builder.tokensPlace..<builder.indexPlace + 512])
        let size = 4 << 20
        let patterns: [[UInt8]] = [
            KallsymsBuilder.little(UInt32(0)) + KallsymsBuilder.little(UInt32(512)),
            KallsymsBuilder.little(UInt32(0)) + KallsymsBuilder.little(UInt32(512))
                + KallsymsBuilder.little(UInt64(300)),
            (0..<8).flatMap { KallsymsBuilder.little(UInt32($0 * 600)) } + KallsymsBuilder.little(UInt64(2040)),
            KallsymsBuilder.little(UInt64(0x0003_0002_0001_0000)), [UInt8](repeating: 0, count: 8),
            [UInt8](repeating: 1, count: 8), tokens,
        ]
        for (number, pattern) in patterns.enumerated() {
            var bytes: [UInt8] = []
            while bytes.count < size { bytes += pattern }
            while bytes.count % 8 != 0 { bytes.append(0) }
            bytes += tokens + tokens
            let start = ContinuousClock.now
            guard case .failure = read(bytes) else { return XCTFail("pattern \(number): a table of nothing") }
            XCTAssertLessThan(start.duration(to: .now), .seconds(20), "pattern \(number)")
        }
    }

    func testRandomBytes() throws {
        var random = Seeded(state: 9)
        for _ in 0..<20 {
            let bytes = (0..<1 << 15).flatMap { _ in KallsymsBuilder.little(random.next()) }
            guard case .failure(.noTokens) = read(bytes) else { return XCTFail("a table of nothing") }
        }
    }
}
