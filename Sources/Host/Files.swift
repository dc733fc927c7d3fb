import CHost

/// Whole files, read and written.
public enum Files {
    /// The bytes of the file at `path`, at most `limit`. With `isRegular`, pipes and devices are refused; else they are read up to
    /// their end. Throws `.failed`, `.notRegular` and `.tooLarge`.
    public static func read(
        _ path: String, limit: Int = 1 << 30, isRegular: Bool = false
    ) throws(HostError) -> [UInt8] {
        let descriptor = host_open_for_reading(path)
        if let errno = Errno(result: descriptor) { throw .failed("open", path: path, errno) }
        defer { _ = host_close(descriptor) }
        if host_is_directory(descriptor) == 1 { throw .failed("read", path: path, Errno(EISDIR)) }
        if isRegular && host_is_regular(descriptor) != 1 { throw .notRegular(path: path) }

        // A pipe has none; a file may have grown since.
        let size = Int(clamping: max(0, host_file_size(descriptor)))
        var bytes: [UInt8] = []
        while true {
            let room = bytes.count < size ? min(size - bytes.count, largestPart) : 1 << 16
            var errno: Errno?
            let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                // SAFETY: the kernel fills at most the `buffer.count` bytes that there are.
                guard let base = buffer.baseAddress else { return }
                let count = host_read(descriptor, base, buffer.count)
                errno = Errno(result: count)
                filled = max(0, Int(count))
            }
            if let errno {
                if errno == .interrupted && !Interruption.isPending { continue }
                throw .failed("read", path: path, errno)
            }
            if part.isEmpty { return bytes }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            if bytes.count > limit { throw .tooLarge(path: path, limit: limit) }
        }
    }

    /// How much is read at once: all of a kernel. What a file tells of its length may be more than there is memory.
    private static let largestPart = 1 << 26

    /// Whether there is something at `path`.
    public static func exists(_ path: String) -> Bool { host_file_exists(path) != 0 }

    /// Whether a file on a disk is at `path`, not a folder, pipe or device.
    public static func isRegular(_ path: String) -> Bool { host_is_regular_path(path) == 1 }

    /// Takes the file at `path` away, if there is one. Throws `.failed`.
    public static func remove(_ path: String) throws(HostError) {
        if let errno = Errno(result: host_unlink(path)), errno != .noEntry {
            throw .failed("remove", path: path, errno)
        }
    }

    /// Makes the folder `path` and those above it that are missing, readable by the user alone. Throws `.failed`.
    public static func makeDirectory(_ path: String) throws(HostError) {
        if path.isEmpty || exists(path) { return }
        try makeDirectory(Path.directory(of: path))
        if let errno = Errno(result: host_make_directory(path)), errno != Errno(EEXIST) {
            throw .failed("create the folder", path: path, errno)
        }
    }
}
