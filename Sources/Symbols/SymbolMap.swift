import Guest

/// A list of symbols as `nm` writes it, a line each: the address, a letter for the type, the name. A kernel's `System.map` is one,
/// and so is what `/proc/kallsyms` prints, with the module behind the name.
struct SymbolMap {
    /// The symbols by address, those of one address in the order of the list. No size is known.
    private(set) var symbols: [Symbol] = []
    /// The addresses from the first to the last symbol of the kernel, or of one module, that lie one behind the other.
    private(set) var regions: [AddressRange] = []

    /// The longest line: a kernel's name has 511 bytes at most, a module's 55.
    private static let longestLine = 1 << 10

    /// The list in `bytes`; `path` is its name in messages. Throws `.badLine`, `.noSymbols` and `.zeroAddresses`.
    init(path: String, bytes: [UInt8]) throws(SymbolFileError) {
        var entries: [(symbol: Symbol, module: Int)] = []
        var modules: [[UInt8]] = [[]]
        var lineNumber = 0
        var module = 0
        var start = 0
        var hasAddress = false
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            defer { start = end + 1 }
            lineNumber += 1
            if start == end { continue }
            guard end - start <= Self.longestLine, let line = Line(bytes[start..<end]) else {
                throw .badLine(path: path, lineNumber, Self.shown(bytes[start..<end]))
            }
            // Of one module there are many in a row.
            if !line.module.elementsEqual(modules[module]) {
                module = modules.firstIndex { line.module.elementsEqual($0) } ?? modules.count
                if module == modules.count { modules.append(Array(line.module)) }
            }
            hasAddress = hasAddress || line.address != 0
            let name = String(decoding: line.name.map { Self.isPlain($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
            if ELFSymbols.isInternal(name) { continue }
            if let symbol = Symbol(name, at: GuestVirtualAddress(line.address), letter: line.letter) {
                entries.append((symbol, module))
            }
        }
        if entries.isEmpty { throw .noSymbols(path: path) }
        if !hasAddress { throw .zeroAddresses(path: path) }
        arrange(entries)
    }

    private mutating func arrange(_ entries: [(symbol: Symbol, module: Int)]) {
        let order = entries.indices.sorted {
            let left = entries[$0].symbol.address
            let right = entries[$1].symbol.address
            return left == right ? $0 < $1 : left < right
        }
        symbols.reserveCapacity(order.count)
        var module: Int?
        for index in order {
            let (symbol, itsModule) = entries[index]
            symbols.append(symbol)
            if symbol.isAbsolute { continue }
            if module == itsModule, let last = regions.last {
                regions[regions.count - 1].size = symbol.address - last.start + 1
            } else {
                regions.append(AddressRange(symbol.address, size: 1))
                module = itsModule
            }
        }
    }

    /// Whether `byte` steers no terminal. The assembler's own labels have such bytes, and modules have these labels.
    private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x7F }

    /// The beginning of a line, for a message.
    private static func shown(_ line: ArraySlice<UInt8>) -> String {
        let text = line.prefix(40).map { $0 < 0x20 || $0 >= 0x7F ? UInt8(ascii: "?") : $0 }
        return String(decoding: text, as: UTF8.self) + (line.count > 40 ? "..." : "")
    }

    private struct Line {
        var address: UInt64 = 0
        var letter: UInt8 = 0
        var name: ArraySlice<UInt8>
        /// Without its brackets; empty for the kernel.
        var module: ArraySlice<UInt8> = []

        init?(_ line: ArraySlice<UInt8>) {
            var line = line
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            var digits = 0
            while let first = line.first, let digit = Line.digit(first), digits <= 16 {
                address = address << 4 | digit
                digits += 1
                line.removeFirst()
            }
            guard (1...16).contains(digits), Line.skipBlanks(&line), let letter = line.popFirst(),
                Line.isLetter(letter),
                Line.skipBlanks(&line)
            else { return nil }
            self.letter = letter
            let end = line.firstIndex(where: Line.isBlank) ?? line.endIndex
            name = line[..<end]
            if name.isEmpty { return nil }
            line = line[end...]
            if !Line.skipBlanks(&line) || line.isEmpty { return }
            guard line.first == UInt8(ascii: "["), line.last == UInt8(ascii: "]"), line.count > 2 else { return nil }
            module = line.dropFirst().dropLast()
        }

        private static func digit(_ byte: UInt8) -> UInt64? {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): return UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): return UInt64(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): return UInt64(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }

        /// Whether `nm` has such a letter for a type.
        private static func isLetter(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "?")
                || byte == UInt8(ascii: "-")
        }

        /// Takes blanks away; whether there was one.
        private static func skipBlanks(_ line: inout ArraySlice<UInt8>) -> Bool {
            let count = line.count
            while let first = line.first, isBlank(first) { line.removeFirst() }
            return line.count < count
        }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    }
}
