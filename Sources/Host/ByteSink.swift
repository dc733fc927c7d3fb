import CHost

/// The one way out for text: a buffer in front of a file descriptor.
///
/// A terminal gets each line at once; a pipe or a file gets full buffers, and the rest with `flush()`. Whoever waits
/// (for input, for the guest) flushes first.
public final class ByteSink {
    private let descriptor: Int32
    private let capacity = 1 << 16
    private var buffer: [UInt8] = []

    /// Whether the descriptor is a terminal.
    public let isTerminal: Bool
    /// The first error that writing met; what comes after it is dropped.
    public private(set) var failure: Errno?

    /// A sink over `descriptor`, which stays the caller's to close.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = host_is_terminal(descriptor) != 0
    }

    /// Writes the text as UTF-8.
    public func write(_ text: String) {
        var text = text
        text.withUTF8 { write($0) }
    }

    /// Writes bytes as they are.
    public func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= capacity || (isTerminal && bytes.contains(UInt8(ascii: "\n"))) { flush() }
    }

    /// Hands everything to the kernel.
    public func flush() {
        buffer.withUnsafeBytes { pending in
            var start = 0
            // SAFETY: `start` stays below `pending.count`, so the pointer and the count behind it lie in the buffer.
            while start < pending.count, failure == nil, let base = pending.baseAddress {
                let count = host_write(descriptor, base + start, pending.count - start)
                if let errno = Errno(result: count) {
                    if errno != .interrupted { failure = errno }
                } else {
                    start += Int(count)
                }
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
