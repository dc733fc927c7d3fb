import CHost

/// A file of a `ConfinedFolder`, which remembers where in it to go on.
public final class ConfinedFile {
    /// What a file is opened for.
    public struct Access: OptionSet, Sendable {
        /// The bits that the C shim takes.
        public let rawValue: Int32

        /// These bits.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// To read it.
        public static let read = Access(rawValue: Int32(host_beneath_read))
        /// To write to it.
        public static let write = Access(rawValue: Int32(host_beneath_write))
        /// To make it if it is not there.
        public static let create = Access(rawValue: Int32(host_beneath_create))
        /// To empty it.
        public static let truncate = Access(rawValue: Int32(host_beneath_truncate))
        /// To write behind its end.
        public static let append = Access(rawValue: Int32(host_beneath_append))
    }

    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = host_close(descriptor) }

    /// The length in bytes. Throws the kernel's error.
    public func byteCount() throws(Errno) -> UInt64 {
        let count = host_file_size(descriptor)
        if let errno = Errno(result: count) { throw errno }
        return UInt64(count)
    }

    /// Goes on at the byte `offset`. Throws `EINVAL` where there can be none.
    public func seek(_ offset: UInt64) throws(Errno) {
        guard let place = Int64(exactly: offset) else { throw Errno(EINVAL) }
        if let errno = Errno(result: host_seek(descriptor, place)) { throw errno }
    }

    /// Fills `bytes` as far as the file goes; how many they were. Throws the kernel's error where it is not even one.
    public func read(into bytes: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        // SAFETY: `move` asks for parts of the `bytes.count` bytes only.
        return try Self.move(bytes.count) { host_read(descriptor, base + $0, $1) }
    }

    /// Writes `bytes`; how many of them could be. Throws the kernel's error where it is not even one.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        // SAFETY: as in `read`.
        return try Self.move(bytes.count) { host_write(descriptor, base + $0, $1) }
    }

    /// Has `call` move `total` bytes, from an offset on so many, until it moves none; how many it moved.
    private static func move(_ total: Int, _ call: (_ offset: Int, _ count: Int) -> Int) throws(Errno) -> Int {
        var done = 0
        while done < total {
            let count = call(done, total - done)
            if let errno = Errno(result: count) {
                if errno == .interrupted { continue }
                if done > 0 { break }
                throw errno
            }
            if count == 0 { break }
            done += count
        }
        return done
    }
}
