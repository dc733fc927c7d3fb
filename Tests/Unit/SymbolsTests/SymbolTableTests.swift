import Guest
import XCTest

@testable import Symbols

final class SymbolTableTests: XCTestCase {
    private func describe(_ symbols: [Symbol], _ address: UInt64, in regions: [AddressRange] = []) -> String? {
        SymbolTable(symbols, regions: regions).describe(GuestVirtualAddress(address))
    }

    private func symbol(
        _ name: String, _ address: UInt64, size: UInt64 = 0, _ kind: Symbol.Kind = .function,
        _ binding: Symbol.Binding = .global
    ) -> Symbol {
        Symbol(name, at: GuestVirtualAddress(address), size: size, kind: kind, binding: binding)
    }

    func testOffsetIsDecimal() {
        let main = symbol("main", 0x100, size: 64)
        XCTAssertEqual(describe([main], 0x100), "main")
        XCTAssertEqual(describe([main], 0x110), "main+16")
        XCTAssertEqual(describe([main], 0x13F), "main+63")
        XCTAssertNil(describe([main], 0x140))
        XCTAssertNil(describe([main], 0xFF))
    }

    func testLabelInsideAFunctionDoesNotHideIt() {
        let symbols = [symbol("main", 0x100, size: 64), symbol("label", 0x110, .untyped)]
        XCTAssertEqual(describe(symbols, 0x110), "main+16")
        XCTAssertEqual(describe(symbols, 0x150), "label+64")
    }

    func testInnermostCoveringSymbolWins() {
        let symbols = [
            symbol("outer", 0x100, size: 0x100), symbol("inner", 0x120, size: 0x10), symbol("second", 0x140, size: 8),
        ]
        XCTAssertEqual(describe(symbols, 0x124), "inner+4")
        XCTAssertEqual(describe(symbols, 0x130), "outer+48")
        XCTAssertEqual(describe(symbols, 0x144), "second+4")
        XCTAssertEqual(describe(symbols, 0x1FF), "outer+255")
        XCTAssertNil(describe(symbols, 0x200))
    }

    func testOverlappingSymbols() {
        let symbols = [symbol("a", 0x100, size: 0x20), symbol("b", 0x110, size: 0x20), symbol("c", 0x118, size: 4)]
        XCTAssertEqual(describe(symbols, 0x11E), "b+14")
        XCTAssertEqual(describe(symbols, 0x125), "b+21")
    }

    func testPreferenceAtOneAddress() {
        let local = symbol("local", 0x100, .function, .local)
        let weak = symbol("weak", 0x100, .function, .weak)
        let global = symbol("global", 0x100, .function, .global)
        let label = symbol("label", 0x100, .untyped, .global)
        let second = symbol("second", 0x100, .function, .global)
        XCTAssertEqual(describe([local, label, weak, global, second], 0x100), "global")
        XCTAssertEqual(describe([label, weak, local], 0x100), "weak")
        XCTAssertEqual(describe([label, local], 0x100), "local")
    }

    func testRegionsBoundTheOffset() {
        let text = AddressRange(GuestVirtualAddress(0x1000), size: 0x100)
        let data = AddressRange(GuestVirtualAddress(0x2000), size: 0x100)
        let symbols = [symbol("code", 0x1000, .untyped), symbol("etext", 0x1100, .untyped)]
        XCTAssertEqual(describe(symbols, 0x10FF, in: [data, text]), "code+255")
        XCTAssertEqual(describe(symbols, 0x1100, in: [data, text]), "etext")
        XCTAssertNil(describe(symbols, 0x1101, in: [data, text]))
        XCTAssertNil(describe(symbols, 0x2000, in: [data, text]))
        XCTAssertNil(describe(symbols, .max, in: [data, text]))
    }

    func testAbsoluteSymbolsNameNoAddress() {
        let size = Symbol("SIZE", at: GuestVirtualAddress(0x100), kind: .untyped, isAbsolute: true)
        XCTAssertNil(describe([size], 0x100))
        XCTAssertEqual(SymbolTable([size]).symbol(named: "SIZE")?.address, GuestVirtualAddress(0x100))
    }

    func testNames() {
        let table = SymbolTable([
            symbol("twice", 0x1, .function, .local), symbol("twice", 0x2, .function, .weak),
            symbol("twice", 0x3, .function, .global), symbol("twice", 0x4, .function, .global),
            symbol("two", 0x5, .function, .local), symbol("two", 0x6, .function, .local), symbol("other", 0x7),
        ])
        XCTAssertEqual(table.symbol(named: "twice")?.address, GuestVirtualAddress(3))
        XCTAssertEqual(table.all(named: "twice").map(\.address.value), [1, 2, 3, 4])
        XCTAssertEqual(table.symbol(named: "two")?.address, GuestVirtualAddress(5))
        XCTAssertNil(table.symbol(named: "t"))
        XCTAssertEqual(table.names(startingWith: "tw", limit: 10), ["twice", "two"])
        XCTAssertEqual(table.names(startingWith: "tw", limit: 1), ["twice"])
        XCTAssertEqual(table.names(startingWith: "", limit: 10), ["other", "twice", "two"])
        XCTAssertEqual(table.names(startingWith: "z", limit: 10), [])
    }

    /// Against a plain search through all symbols.
    func testNearestAgreesWithTheRule() {
        var random = Random(seed: 7)
        for _ in 0..<200 {
            let symbols = (0..<random.below(30)).map {
                symbol(
                    "s\($0)", UInt64(random.below(64)), size: UInt64([0, 0, 4, 8, 40][random.below(5)]),
                    [.function, .object, .untyped][random.below(3)], [.local, .weak, .global][random.below(3)])
            }
            let table = SymbolTable(symbols)
            for value in 0..<120 as Range<UInt64> {
                let address = GuestVirtualAddress(value)
                let expected = slowly(symbols, address)
                XCTAssertEqual(table.location(of: address)?.symbol, expected, "at \(value) of \(symbols)")
            }
        }
    }

    private func slowly(_ symbols: [Symbol], _ address: GuestVirtualAddress) -> Symbol? {
        func best(_ candidates: [Symbol]) -> Symbol? {
            candidates.max { ($0.address, $0.rank) < ($1.address, $1.rank) }
        }
        let below = symbols.filter { $0.address <= address }
        let covering = below.filter { $0.address + $0.size > address }
        if let symbol = best(covering) { return symbol }
        let nearest = below.map(\.address).max()
        return best(below.filter { $0.address == nearest && $0.size == 0 })
    }
}
