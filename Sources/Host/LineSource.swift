import CHost

/// Lines from a file descriptor that is not edited: a pipe, a file.
public final class LineSource {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// Whether the descriptor is a terminal.
    public let isTerminal: Bool

    /// Lines of `descriptor`, which stays the caller's to close.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = host_is_terminal(descriptor) != 0
    }

    /// The next line without its end; nil at the end of the input, on an error, or when SIGINT came.
    public func next() -> String? {
        while true {
            if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return String(decoding: buffer[position..<end], as: UTF8.self)
            }
            if isAtEnd || !fill() {
                defer { position = buffer.count }
                return position < buffer.count ? String(decoding: buffer[position...], as: UTF8.self) : nil
            }
        }
    }

    private func fill() -> Bool {
        buffer.removeFirst(position)
        position = 0
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { chunk.deallocate() }
        // SAFETY: `chunk` is `chunk.count` bytes long and lives until the function returns.
        guard let base = chunk.baseAddress else { return false }
        let count = host_read_unless_interrupted(descriptor, base, chunk.count)
        guard count > 0 else {
            isAtEnd = Errno(result: count) != .interrupted
            return false
        }
        buffer.append(contentsOf: chunk[..<Int(count)])
        return true
    }
}
