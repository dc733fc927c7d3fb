import CHost

/// A file that is written from its beginning, whole lines at a time, and closed with its last owner.
public final class OutputFile {
    /// The path as it was given.
    public let path: String
    private let descriptor: Int32
    /// The way into the file.
    public let sink: ByteSink

    /// Creates the file at `path`, or empties it. Throws `.failed`.
    public init(path: String) throws(HostError) {
        let descriptor = host_create_file(path)
        if let errno = Errno(result: descriptor) { throw .failed("create", path: path, errno) }
        self.path = path
        self.descriptor = descriptor
        sink = ByteSink(descriptor: descriptor)
    }

    deinit {
        sink.flush()
        _ = host_close(descriptor)
    }

    /// Adds a line, which gets its end here. It reaches the file with others, at the latest by `flush()`.
    public func write(line: String) { sink.write(line + "\n") }

    /// Hands everything to the kernel.
    public func flush() { sink.flush() }

    /// Why what was written is lost; nil when it is not.
    public var failure: HostError? { sink.failure.map { .failed("write", path: path, $0) } }
}
