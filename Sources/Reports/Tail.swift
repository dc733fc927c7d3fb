/// The last bytes of a stream, as many as a limit says.
struct Tail {
    /// How many bytes are kept, at most.
    let limit: Int
    private var buffer: [UInt8] = []
    /// How many bytes came before what is kept.
    private var forgotten = 0

    init(limit: Int) { self.limit = limit }

    /// What is kept.
    var bytes: ArraySlice<UInt8> { buffer.suffix(limit) }

    /// How many bytes came before what is kept.
    var droppedCount: Int { forgotten + buffer.count - bytes.count }

    mutating func append(_ more: [UInt8]) {
        buffer += more
        // In large pieces, so that each byte is moved once at most.
        if buffer.count >= 2 * limit {
            forgotten += buffer.count - limit
            buffer.removeFirst(buffer.count - limit)
        }
    }
}
