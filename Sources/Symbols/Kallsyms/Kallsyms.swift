import Guest

/// The symbol table that a Linux kernel has in itself (`CONFIG_KALLSYMS`), of which it makes `/proc/kallsyms`; the modules' symbols
/// are elsewhere.
///
/// It is found by what it looks like, without any name or address. The layout is that of `scripts/kallsyms.c` in Linux 5.16 to 6.17.
public struct Kallsyms {
    /// All of them, with the addresses (GVA) that the kernel would tell now: where it runs, and before that where it is linked to.
    /// No size is known.
    public let symbols: [Symbol]

    /// The names of addresses by these symbols.
    public var table: SymbolTable {
        let first = symbols.first { !$0.isAbsolute }?.address ?? GuestVirtualAddress(0)
        let last = symbols.last { !$0.isAbsolute }?.address ?? first
        return SymbolTable(symbols, regions: [AddressRange(first, size: last - first + 1)])
    }

    /// The most text that is made of names, whatever the bytes say: several times what a kernel has.
    private static let longestText = 64 << 20

    /// Finds the table in `bytes`, a kernel or memory with one; the kernel's first byte is at `image`. Now and then `isStopped`
    /// is asked whether to give up. Throws every case of `KallsymsError`.
    public init(
        in bytes: UnsafeRawBufferPointer, image: Int = 0, isStopped: () -> Bool = { false }
    ) throws(KallsymsError) {
        let bytes = KernelBytes(bytes)
        var budget = SearchBudget(byteCount: bytes.count)
        var failure = KallsymsError.noTokens
        var place = 0
        while let tokens = KallsymsTokens.first(in: bytes, from: place, isStopped: isStopped) {
            place = tokens.end.alignedTo8
            failure = .noNames
            guard let names = KallsymsNames.find(in: bytes, before: tokens.start, &budget) else { continue }
            guard let addresses = KallsymsAddresses(of: names, tokens, in: bytes) else {
                throw .noAddresses(names.count)
            }
            var base = addresses.base
            if base == 0, let basePlace = addresses.basePlace {
                guard let linked = KallsymsRelocation.address(at: basePlace, of: image, in: bytes) else {
                    throw .notRelocated(names.count)
                }
                base = linked
            }
            symbols = try Self.symbols(names, tokens, addresses, base: base, in: bytes)
            return
        }
        throw isStopped() ? .stopped : failure
    }

    private static func symbols(
        _ names: KallsymsNames, _ tokens: KallsymsTokens, _ addresses: KallsymsAddresses, base: UInt64,
        in bytes: KernelBytes
    ) throws(KallsymsError) -> [Symbol] {
        var symbols: [Symbol] = []
        symbols.reserveCapacity(names.count)
        var text: [UInt8] = []
        var length = 0
        var place = names.start
        for number in 0..<names.count {
            guard let (codes, next) = names.name(at: place, in: bytes),
                let address = addresses.address(number, in: bytes, base: base)
            else { throw .noAddresses(names.count) }
            place = next
            text.removeAll(keepingCapacity: true)
            for code in codes { text.append(contentsOf: tokens[code]) }
            length += text.count
            if length > longestText { throw .tooMuchText(names.count) }
            // The first letter is the type.
            guard text.count > 1 else { continue }
            for index in 1..<text.count where text[index] < 0x21 || text[index] == 0x7F {
                text[index] = UInt8(ascii: "?")
            }
            let name = String(decoding: text[1...], as: UTF8.self)
            if let symbol = Symbol(name, at: GuestVirtualAddress(address), letter: text[0]) { symbols.append(symbol) }
        }
        return symbols
    }
}
