import CHost

/// A file on a disk that is read in parts, so that its size does not matter.
public final class FileReader {
    /// The length in bytes, as it was when the file was opened.
    public let byteCount: UInt64
    private let path: String
    private let descriptor: Int32

    /// Opens the file at `path`; pipes and devices are refused. Throws `.failed` and `.notRegular`.
    public init(_ path: String) throws(HostError) {
        self.path = path
        descriptor = host_open_for_reading(path)
        if let errno = Errno(result: descriptor) {
            byteCount = 0
            throw .failed("open", path: path, errno)
        }
        let size = host_file_size(descriptor)
        byteCount = UInt64(max(0, size))
        if host_is_directory(descriptor) == 1 { throw .failed("read", path: path, Errno(EISDIR)) }
        if host_is_regular(descriptor) != 1 { throw .notRegular(path: path) }
    }

    deinit { if descriptor >= 0 { _ = host_close(descriptor) } }

    /// At most `count` bytes from the byte `offset` on; fewer at the end of the file only. Throws `.failed`.
    public func bytes(at offset: UInt64, count: Int) throws(HostError) -> [UInt8] {
        var result: HostError?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            // SAFETY: `filled` stays below `count`, so the pointer and the count behind it lie in the buffer.
            while filled < buffer.count, let base = buffer.baseAddress {
                let part = host_read_at(descriptor, base + filled, buffer.count - filled, offset + UInt64(filled))
                if let errno = Errno(result: part) {
                    if errno == .interrupted { continue }
                    result = .failed("read", path: path, errno)
                    return
                }
                if part == 0 { return }
                filled += Int(part)
            }
        }
        if let result { throw result }
        return bytes
    }
}
