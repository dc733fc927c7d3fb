import CHost

/// A file that stands under its name only once it is whole: it is written beside it and renamed. What stood there before stays
/// until then, also when writing fails or the process ends.
///
/// A device or a pipe cannot be replaced so, and is written to directly.
public final class NewFile {
    private let path: String
    /// Where the name leads to, behind symbolic links.
    private let destination: String
    /// The file's name until it is whole; nil for a device, and once it is.
    private var temporary: String?
    private var descriptor: Int32

    /// Begins the file that is to stand at `path`. Throws `.failed`.
    public init(_ path: String) throws(HostError) {
        self.path = path
        descriptor = -1
        destination = Path.resolved(path) ?? path
        if path.isEmpty { throw .failed("create", path: path, .noEntry) }
        if Files.exists(destination), !Files.isRegular(destination) {
            descriptor = host_open_for_writing(destination)
        } else {
            let name = Array((destination + ".XXXXXX").utf8CString)
            let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: name.count)
            defer { buffer.deallocate() }
            _ = buffer.initialize(from: name)
            // SAFETY: the name in the buffer ends with a zero, and the call only changes the six letters before it.
            guard let base = buffer.baseAddress else { throw .failed("create", path: path, Errno(ENOMEM)) }
            descriptor = host_create_beside(destination, base)
            temporary = String(cString: base)
        }
        if let errno = Errno(result: descriptor) {
            temporary = nil
            throw .failed("create", path: path, errno)
        }
    }

    /// Appends `bytes`. Throws `.failed`.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(HostError) {
        var start = 0
        // SAFETY: `start` stays below `bytes.count`, so the pointer and the count behind it lie in the buffer.
        while start < bytes.count, let base = bytes.baseAddress {
            let count = host_write(descriptor, base + start, bytes.count - start)
            if let errno = Errno(result: count) {
                // Ctrl-C is the caller's to notice, between two calls.
                if errno == .interrupted { continue }
                throw .failed("write", path: path, errno)
            }
            start += Int(count)
        }
    }

    /// Appends `bytes`. Throws `.failed`.
    public func write(_ bytes: [UInt8]) throws(HostError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(HostError) in try write(buffer) }
        }
        try result.get()
    }

    /// Puts the whole file where it belongs; nothing can be written any more. Throws `.failed`.
    public func finish() throws(HostError) {
        let result = host_close(descriptor)
        descriptor = -1
        if let errno = Errno(result: result) { throw .failed("write", path: path, errno) }
        guard let temporary else { return }
        if let errno = Errno(result: host_rename(temporary, destination)) {
            throw .failed("replace", path: path, errno)
        }
        self.temporary = nil
    }

    /// Has the file at `path` hold `bytes`, whole or not at all. Throws `.failed`.
    public static func write(_ bytes: [UInt8], to path: String) throws(HostError) {
        let file = try NewFile(path)
        try file.write(bytes)
        try file.finish()
    }

    deinit {
        if descriptor >= 0 { _ = host_close(descriptor) }
        if let temporary { _ = host_unlink(temporary) }
    }
}
