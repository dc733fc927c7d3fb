import CCompressor

@testable import Images

extension Compression {
    /// `bytes` as one gzip member or one zstd frame.
    func compress(_ bytes: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: bytes.count + 4096)
        let room = result.count
        let count =
            self == .gzip
            ? ccompressor_gzip(bytes, bytes.count, &result, room) : ccompressor_zstd(bytes, bytes.count, &result, room)
        precondition(count > 0)
        return Array(result.prefix(count))
    }

    static var all: [Compression] { [.gzip, .zstd] }
}

/// Text that compresses well and is all different.
func sampleText(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var line = 0
    while bytes.count < count {
        bytes += Array("line \(line) of a text\n".utf8)
        line += 1
    }
    return Array(bytes.prefix(count))
}
