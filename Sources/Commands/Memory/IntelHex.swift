/// Intel HEX (Intel, "Hexadecimal Object File Format Specification", 1988): memory as lines of text, with 32-bit addresses.
enum IntelHex {
    /// What is wrong in a file, and in which line.
    struct Problem: Error {
        let line: Int
        let text: String
    }

    /// Bytes that lie one behind the other.
    struct Block: Equatable {
        var address: UInt64
        var bytes: [UInt8]
    }

    /// The bytes of one line of data, as objcopy writes them.
    static let lineLength = 16

    /// The last line.
    static let end = ":00000001FF\r\n"

    /// One line: a record of the type `type` with `bytes`, whose address has the low half `address`.
    static func record(_ type: UInt8, _ address: UInt16, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var fields: [UInt8] = [
            UInt8(truncatingIfNeeded: bytes.count), UInt8(address >> 8), UInt8(truncatingIfNeeded: address), type,
        ]
        fields += bytes
        fields.append(0 &- fields.reduce(0) { $0 &+ $1 })
        var line: [UInt8] = [UInt8(ascii: ":")]
        line.reserveCapacity(2 * fields.count + 3)
        for field in fields {
            line.append(digit(field >> 4))
            line.append(digit(field & 15))
        }
        return line + [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// The blocks in the text `file`, in its order, those that touch as one. Throws what is wrong with it first.
    static func parse(_ file: [UInt8]) throws(Problem) -> [Block] {
        var blocks: [Block] = []
        var base: UInt64 = 0
        var number = 0
        for line in file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if text.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
            let fields = try fields(of: text, number)
            let data = fields[4..<fields.count - 1]
            let address = UInt64(fields[1]) << 8 | UInt64(fields[2])
            switch (fields[3], data.count) {
            case (0, _): append(data, base &+ address, to: &blocks)
            case (1, 0): return blocks
            // The segment of 16-bit x86, and the upper half of an address.
            case (2, 2): base = (UInt64(data[4]) << 8 | UInt64(data[5])) << 4
            case (4, 2): base = (UInt64(data[4]) << 8 | UInt64(data[5])) << 16
            // Where the program begins is no memory.
            case (3, 4), (5, 4): continue
            default:
                throw Problem(
                    line: number, text: "its record type is \(fields[3]), with \(data.count) bytes, which means nothing"
                )
            }
        }
        throw Problem(line: number, text: "the end record, :00000001FF, is missing: the file is cut short")
    }

    private static func append(_ data: ArraySlice<UInt8>, _ address: UInt64, to blocks: inout [Block]) {
        if data.isEmpty { return }
        let last = blocks.count - 1
        if last >= 0, blocks[last].address &+ UInt64(blocks[last].bytes.count) == address {
            blocks[last].bytes += data
        } else {
            blocks.append(Block(address: address, bytes: Array(data)))
        }
    }

    /// The bytes of a line, checked: length, address, type, data, sum.
    private static func fields(of line: ArraySlice<UInt8>, _ number: Int) throws(Problem) -> [UInt8] {
        guard line.first == UInt8(ascii: ":") else {
            throw Problem(line: number, text: "it does not begin with a colon")
        }
        var fields: [UInt8] = []
        var high: UInt8?
        for byte in line.dropFirst() {
            guard let digit = value(byte) else { throw Problem(line: number, text: "it has more than hex digits") }
            if let upper = high {
                fields.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil, fields.count >= 5, fields.count == Int(fields[0]) + 5 else {
            throw Problem(line: number, text: "its length is not what its first two digits say")
        }
        guard fields.reduce(0, { $0 &+ $1 }) == 0 else { throw Problem(line: number, text: "its checksum is wrong") }
        return fields
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): return byte - UInt8(ascii: "A") + 10
        default: return nil
        }
    }
}

/// Writes memory that comes piece by piece as Intel HEX.
struct IntelHexWriter {
    private var address: UInt32
    /// The upper half of the addresses that the last record of type 4 said.
    private var upper: UInt16 = 0
    private var line: [UInt8] = []

    /// Text that is complete and was not taken yet.
    private(set) var text: [UInt8] = []

    /// The text of memory from `address` on.
    init(at address: UInt32) { self.address = address }

    /// The next bytes. The address wraps around at 2³²: the caller has checked the range.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            line.append(byte)
            let end = address &+ UInt32(line.count)
            if line.count == IntelHex.lineLength || end & 0xFFFF == 0 { endLine() }
        }
    }

    /// The last lines.
    mutating func finish() {
        endLine()
        text += IntelHex.end.utf8
    }

    /// Takes the text that is complete.
    mutating func take() -> [UInt8] {
        let taken = text
        text.removeAll(keepingCapacity: true)
        return taken
    }

    private mutating func endLine() {
        if line.isEmpty { return }
        let high = UInt16(address >> 16)
        if high != upper {
            text += IntelHex.record(4, 0, [UInt8(high >> 8), UInt8(truncatingIfNeeded: high)])
            upper = high
        }
        text += IntelHex.record(0, UInt16(truncatingIfNeeded: address), line[...])
        address = address &+ UInt32(line.count)
        line.removeAll(keepingCapacity: true)
    }
}
