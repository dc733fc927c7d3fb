import Guest

/// Why a file of binary statistics cannot be understood.
public enum StatisticsError: Error, Equatable {
    /// The file has no more than so many bytes, less than a header.
    case noHeader(Int)
    /// The header says that the part of this name lies where the file has no bytes.
    case outside(String, offset: UInt64, byteCount: UInt64, fileSize: Int)
    /// The header counts more than a file can sensibly have: what, and how many.
    case implausible(String, UInt64)
}

extension StatisticsError {
    /// The sentence to show.
    public var message: String {
        let what = "KVM's binary statistics cannot be understood: "
        switch self {
        case .noHeader(let count): return what + "the file ends after \(count) bytes, within its header."
        case .outside(let part, let offset, let byteCount, let size):
            return what + "\(part) has \(byteCount) bytes from \(offset) on, and the file has \(size)."
        case .implausible(let part, let count): return what + "the header says \(count) for \(part)."
        }
    }
}

extension Statistics {
    /// No file of statistics is longer, in bytes: those of Linux 6.12 have less than 20,000.
    static let largestFile = 1 << 20

    /// Reads a whole file of binary statistics (`struct kvm_stats_header`, then what it points to), trusting none of its
    /// numbers. A descriptor whose values do not lie in the file has no values.
    init(parsing file: [UInt8]) throws(StatisticsError) {
        let reader = FileReader(bytes: file)
        guard file.count >= Self.headerSize else { throw .noHeader(file.count) }
        // flags, name_size, num_desc, id_offset, desc_offset, data_offset.
        let nameSize = reader.word(4)
        let count = reader.word(8)
        if nameSize > 4096 { throw .implausible("the length of a name", nameSize) }
        if count > 1 << 14 { throw .implausible("the number of statistics", count) }
        let idOffset = reader.word(12)
        let descriptors = reader.word(16)
        let data = reader.word(20)
        let descriptorSize = Self.descriptorSize + nameSize
        try reader.check("the name", idOffset, nameSize)
        try reader.check("the list of statistics", descriptors, count * descriptorSize)

        id = reader.text(idOffset, nameSize)
        statistics = []
        // Values do not overlap, so all of them together are no more than the file holds.
        var room = UInt64(file.count) / 8
        for index in 0..<count {
            let descriptor = descriptors + index * descriptorSize
            let statistic = Statistic(reader, descriptor, nameSize: nameSize, data: data, room: room)
            room -= UInt64(statistic.values.count)
            statistics.append(statistic)
        }
    }

    private static let headerSize = 24
    /// Up to the name.
    fileprivate static let descriptorSize: UInt64 = 16
}

extension Statistic {
    /// The statistic whose descriptor lies at `offset`; its values lie behind `data` and are no more than `room`.
    fileprivate init(_ reader: FileReader, _ offset: UInt64, nameSize: UInt64, data: UInt64, room: UInt64) {
        let flags = UInt32(truncatingIfNeeded: reader.word(offset))
        exponent = Int(Int16(truncatingIfNeeded: reader.word(offset + 4)))
        let count = reader.word(offset + 4) >> 16
        let place = data + reader.word(offset + 8)
        kind = Kind(flags & 0xF, bucketSize: UInt32(truncatingIfNeeded: reader.word(offset + 12)))
        unit = Unit(flags >> 4 & 0xF)
        switch flags >> 8 & 0xF {
        case 0: base = 10
        case 1: base = 2
        default: base = 0
        }
        name = reader.text(offset + Statistics.descriptorSize, nameSize)
        values =
            count <= room && reader.holds(place, count * 8) ? (0..<count).map { reader.doubleWord(place + $0 * 8) } : []
    }
}

extension Statistic.Kind {
    fileprivate init(_ number: UInt32, bucketSize: UInt32) {
        switch number {
        case 0: self = .cumulative
        case 1: self = .instant
        case 2: self = .peak
        case 3: self = .linearHistogram(bucketSize: bucketSize)
        case 4: self = .logarithmicHistogram
        default: self = .unknown(number)
        }
    }
}

extension Statistic.Unit {
    fileprivate init(_ number: UInt32) {
        switch number {
        case 0: self = .plain
        case 1: self = .bytes
        case 2: self = .seconds
        case 3: self = .cycles
        case 4: self = .boolean
        default: self = .unknown(number)
        }
    }
}

/// Little-endian numbers of a file. Offsets are sums of a few 32-bit numbers: they do not overflow 64 bits.
private struct FileReader {
    let bytes: [UInt8]

    func holds(_ offset: UInt64, _ count: UInt64) -> Bool {
        let size = UInt64(bytes.count)
        return offset <= size && count <= size - offset
    }

    func check(_ part: String, _ offset: UInt64, _ count: UInt64) throws(StatisticsError) {
        if !holds(offset, count) { throw .outside(part, offset: offset, byteCount: count, fileSize: bytes.count) }
    }

    /// Four bytes at `offset`; 0 behind the end.
    func word(_ offset: UInt64) -> UInt64 { number(offset, 4) }

    /// Eight bytes at `offset`; 0 behind the end.
    func doubleWord(_ offset: UInt64) -> UInt64 { number(offset, 8) }

    private func number(_ offset: UInt64, _ count: UInt64) -> UInt64 {
        holds(offset, count) ? littleEndian(bytes[Int(offset)..<Int(offset + count)]) : 0
    }

    /// Up to the first zero among `count` bytes.
    func text(_ offset: UInt64, _ count: UInt64) -> String {
        guard holds(offset, count) else { return "" }
        return String(decoding: bytes[Int(offset)..<Int(offset + count)].prefix { $0 != 0 }, as: UTF8.self)
    }
}
