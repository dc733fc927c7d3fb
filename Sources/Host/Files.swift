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

        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            // SAFETY: `chunk` is `chunk.count` bytes long and lives until the function returns.
            guard let base = chunk.baseAddress else { return bytes }
            let count = host_read(descriptor, base, chunk.count)
            if let errno = Errno(result: count) {
                if errno == .interrupted && !Interruption.isPending { continue }
                throw .failed("read", path: path, errno)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<Int(count)])
            if bytes.count > limit { throw .tooLarge(path: path, limit: limit) }
        }
    }

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
