import CCompression

/// How a file is compressed, by its first bytes.
public enum Compression: Sendable {
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd

    /// What `bytes` are compressed by; nil for none of these.
    public init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else {
            return nil
        }
    }

    /// "gzip".
    public var name: String {
        switch self {
        case .gzip: return "gzip"
        case .zstd: return "zstd"
        }
    }

    /// What `bytes` are when decompressed, at most `limit` bytes. Throws `.damaged`, `.tooLarge` and `.noMemory`.
    public func decompress(_ bytes: [UInt8], limit: Int) throws(DecompressionFailure) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        var count = 0
        let status = bytes.withUnsafeBytes { source -> Int32 in
            guard let base = source.baseAddress else { return Int32(ccompression_damaged) }
            switch self {
            case .gzip: return ccompression_gunzip(base, source.count, limit, &start, &count)
            case .zstd: return ccompression_unzstd(base, source.count, limit, &start, &count)
            }
        }
        defer { ccompression_free(start) }
        switch status {
        case 0: return Array(UnsafeBufferPointer(start: start, count: count))
        case Int32(ccompression_too_large): throw .tooLarge
        case Int32(ccompression_no_memory): throw .noMemory
        default: throw .damaged
        }
    }
}

/// Why data could not be decompressed.
public enum DecompressionFailure: Error {
    /// The data are cut short or changed.
    case damaged
    /// More bytes come out than were allowed.
    case tooLarge
    /// The host has no memory for them.
    case noMemory
}
