import Guest

/// Names for addresses, and addresses for names. Each index is built when it is first asked for.
public final class SymbolTable {
    /// All symbols, in the order of the file.
    public let symbols: [Symbol]
    private let regions: [AddressRange]

    /// The table of `symbols`. A name reaches no further than the region (GVA) that its symbol begins in, so that an
    /// address outside of all of them has no name; without regions names reach as far as the next symbol.
    public init(_ symbols: [Symbol], regions: [AddressRange] = []) {
        self.symbols = symbols
        self.regions = regions.sorted { $0.start < $1.start }
    }

    private lazy var addresses = SymbolAddresses(symbols)
    private lazy var names = SymbolNames(symbols)
    private lazy var sortedNames = names.unique.sorted()

    /// The symbol `name`: of several the first global one, else the first weak one, else the first.
    public func symbol(named name: String) -> Symbol? {
        all(named: name).max { $0.binding < $1.binding }
    }

    /// All symbols with that name, in the order of the file.
    public func all(named name: String) -> [Symbol] { names.indices(of: name).map { symbols[$0] } }

    /// The names that begin with `prefix`, sorted, each once; `limit` of them at most.
    public func names(startingWith prefix: String, limit: Int) -> [String] {
        let start = partition(sortedNames.count) { sortedNames[$0] < prefix }
        return Array(sortedNames[start...].prefix { $0.hasPrefix(prefix) }.prefix(limit))
    }

    /// The symbol that an address (GVA) is named by, and how far behind its start it lies; nil for one without a name.
    ///
    /// The innermost symbol that covers the address, else a symbol of unknown size that is the nearest at or below it.
    /// At one address code and data come before labels, then global before weak before local symbols.
    public func location(of address: GuestVirtualAddress) -> SymbolLocation? {
        guard let index = addresses.symbol(at: address, in: symbols) else { return nil }
        let symbol = symbols[index]
        let offset = address - symbol.address
        guard offset == 0 || regions.isEmpty || region(of: address).map({ $0.start <= symbol.address }) == true else {
            return nil
        }
        return SymbolLocation(symbol: symbol, offset: offset)
    }

    /// Where (GVA) the first symbol begins; nil without any.
    var firstAddress: GuestVirtualAddress? { addresses.first(in: symbols) }

    /// Where (GVA) the next symbol begins that lies behind `address`; nil behind the last.
    public func nextSymbol(after address: GuestVirtualAddress) -> GuestVirtualAddress? {
        addresses.next(after: address, in: symbols)
    }

    /// The name of an address (GVA) as GDB writes it, "main" or "main+16", without brackets; nil without a name.
    public func describe(_ address: GuestVirtualAddress) -> String? { location(of: address)?.description }

    private func region(of address: GuestVirtualAddress) -> AddressRange? {
        let index = partition(regions.count) { regions[$0].start <= address }
        guard index > 0, regions[index - 1].contains(address) else { return nil }
        return regions[index - 1]
    }
}

/// An address in terms of a symbol.
public struct SymbolLocation: Sendable {
    /// The symbol.
    public var symbol: Symbol
    /// How many bytes behind the symbol's start the address lies.
    public var offset: UInt64

    /// "main" or "main+16", the offset in decimal as GDB writes it.
    public var description: String { offset == 0 ? symbol.name : "\(symbol.name)+\(offset)" }
}

/// How many of the sorted elements 0..<`count` come first in that `isBefore` holds for them.
public func partition(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
        let middle = low + (high - low) / 2
        if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
}
