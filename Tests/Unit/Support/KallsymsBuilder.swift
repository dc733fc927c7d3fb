/// Writes a kernel's own symbol table as `scripts/kallsyms.c` does, in the forms that it has had, into an image of other bytes.
struct KallsymsBuilder {
    /// Where the addresses stand, and what else changed with them.
    enum Order {
        /// Before the number of names: up to Linux 6.3.
        case addressesFirst
        /// Behind the tokens: since Linux 6.4.
        case addressesLast
    }

    /// `kallsyms_seqs_of_names`, since Linux 6.2.
    enum Sequence {
        case none
        case threeBytes
        case fourBytes
    }

    /// The names, each with its type before it, and their addresses, lowest first.
    var symbols: [(address: UInt64, letter: Character, name: String)] = KallsymsBuilder.symbols(600)
    var order = Order.addressesLast
    var sequence = Sequence.threeBytes
    /// Whether lengths from 128 on take two bytes: since Linux 6.1.
    var hasLongLengths = true
    /// Whether the addresses are whole (`CONFIG_KALLSYMS_BASE_RELATIVE` is off).
    var isAbsolute = false
    /// Whether the base is still to be written by the kernel itself (`CONFIG_RELOCATABLE`).
    var isRelocatable = false
    /// How many bytes of the image come before the tables: a multiple of 8.
    var front = 0x3000
    /// Where the kernel is linked to.
    static let link: UInt64 = 0xFFFF_FFFF_8000_0000

    /// The most bytes that a name has once it is compressed.
    private(set) var longestName = 0
    private(set) var numberPlace = 0
    private(set) var namesPlace = 0
    private(set) var markersPlace = 0
    private(set) var tokensPlace = 0
    private(set) var indexPlace = 0
    private(set) var basePlace = 0

    /// `count` symbols of a kernel, the usual ones among them.
    static func symbols(_ count: Int, longest: Int = 40) -> [(address: UInt64, letter: Character, name: String)] {
        var random = Seeded(state: 7)
        let words = [
            "sched", "page", "mm", "init", "do_", "sys_", "irq", "get", "put", "tcp", "_lock", "alloc", "x", "9", "32",
        ]
        var symbols: [(address: UInt64, letter: Character, name: String)] = [
            (link, "T", "_start"), (link + 0x2000, "T", "_stext"), (link + 0x2000, "T", "_text"),
        ]
        var address = link + 0x2000
        for number in 0..<max(0, count - 6) {
            address += UInt64.random(in: 0...400, using: &random)
            var name = ""
            let length = number % 50 == 0 ? longest : Int.random(in: 1...20, using: &random)
            while name.utf8.count < length { name += words.randomElement(using: &random) ?? "" }
            symbols.append((address, "tTdDbBrRwWVA".randomElement(using: &random) ?? "t", name + "_\(number)"))
        }
        symbols.append((address + 0x100, "T", "handle_exception"))
        symbols.append((address + 0x180, "T", "start_kernel"))
        symbols.append((address + 0x5000, "B", "_end"))
        return symbols
    }

    /// The image. The places of the tables are known then.
    mutating func image() -> [UInt8] {
        var random = Seeded(state: 11)
        var bytes = (0..<front).map { _ in UInt8.random(in: 0...255, using: &random) }
        var texts = symbols.map { [UInt8](String($0.letter).utf8) + [UInt8]($0.name.utf8) }
        let tokens = KallsymsBuilder.compress(&texts)
        longestName = texts.map(\.count).max() ?? 0
        if order == .addressesFirst { addAddresses(&bytes) }

        KallsymsBuilder.align(&bytes)
        numberPlace = bytes.count
        bytes += KallsymsBuilder.little(UInt32(symbols.count))
        KallsymsBuilder.align(&bytes)
        namesPlace = bytes.count
        var markers: [UInt32] = []
        for (number, text) in texts.enumerated() {
            if number % 256 == 0 { markers.append(UInt32(bytes.count - namesPlace)) }
            if hasLongLengths, text.count > 127 {
                bytes += [UInt8(text.count & 0x7F) | 0x80, UInt8(text.count >> 7)]
            } else {
                bytes.append(UInt8(text.count))
            }
            bytes += text
        }
        KallsymsBuilder.align(&bytes)
        markersPlace = bytes.count
        for marker in markers { bytes += KallsymsBuilder.little(marker) }
        if order == .addressesFirst { addSequence(&bytes) }

        KallsymsBuilder.align(&bytes)
        tokensPlace = bytes.count
        var index: [UInt16] = []
        for token in tokens {
            index.append(UInt16(bytes.count - tokensPlace))
            bytes += token + [0]
        }
        KallsymsBuilder.align(&bytes)
        indexPlace = bytes.count
        for place in index { bytes += KallsymsBuilder.little(place) }
        if order == .addressesLast {
            addAddresses(&bytes)
            addSequence(&bytes)
        }
        KallsymsBuilder.align(&bytes)
        if isRelocatable {
            for (place, address) in [
                (UInt64(0x88), KallsymsBuilder.link + 0x40), (UInt64(basePlace), symbols[0].address),
            ] {
                bytes += KallsymsBuilder.little(KallsymsBuilder.link + place) + KallsymsBuilder.little(UInt64(3))
                bytes += KallsymsBuilder.little(address)
            }
        }
        bytes += (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
        return bytes
    }

    private mutating func addAddresses(_ bytes: inout [UInt8]) {
        KallsymsBuilder.align(&bytes)
        if isAbsolute {
            for symbol in symbols { bytes += KallsymsBuilder.little(symbol.address) }
            return
        }
        for symbol in symbols { bytes += KallsymsBuilder.little(UInt32(symbol.address - symbols[0].address)) }
        KallsymsBuilder.align(&bytes)
        basePlace = bytes.count
        bytes += KallsymsBuilder.little(isRelocatable ? 0 : symbols[0].address)
    }

    private func addSequence(_ bytes: inout [UInt8]) {
        if sequence == .none { return }
        KallsymsBuilder.align(&bytes)
        for number in symbols.indices.sorted(by: { symbols[$0].name < symbols[$1].name }) {
            if sequence == .fourBytes {
                bytes += KallsymsBuilder.little(UInt32(number))
            } else {
                bytes += [UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)]
            }
        }
    }

    /// Puts the codes that no name uses in the place of the pairs that most have; the 256 tokens.
    private static func compress(_ texts: inout [[UInt8]]) -> [[UInt8]] {
        var tokens = [[UInt8]](repeating: [], count: 256)
        for byte in texts.joined() { tokens[Int(byte)] = [byte] }
        for code in (240...255 as ClosedRange<UInt8>).reversed() where tokens[Int(code)].isEmpty {
            var counts: [UInt16: Int] = [:]
            for text in texts {
                for place in text.indices.dropLast() {
                    counts[UInt16(text[place]) << 8 | UInt16(text[place + 1]), default: 0] += 1
                }
            }
            guard let best = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { break }
            let pair = (UInt8(best >> 8), UInt8(best & 255))
            tokens[Int(code)] = tokens[Int(pair.0)] + tokens[Int(pair.1)]
            texts = texts.map { text in
                var result: [UInt8] = []
                for byte in text {
                    if byte == pair.1, result.last == pair.0 {
                        result[result.count - 1] = code
                    } else {
                        result.append(byte)
                    }
                }
                return result
            }
        }
        return tokens
    }

    private static func align(_ bytes: inout [UInt8]) {
        while bytes.count % 8 != 0 { bytes.append(0) }
    }

    static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
