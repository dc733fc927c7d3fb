/// Bytes that wait to be read, in order.
struct ByteQueue {
    private var bytes: [UInt8] = []
    private var first = 0

    var isEmpty: Bool { first == bytes.count }
    var count: Int { bytes.count - first }

    /// How many bytes of memory it takes.
    var storedCount: Int { bytes.count }

    mutating func append(_ more: [UInt8]) { bytes += more }

    mutating func removeFirst() -> UInt8? {
        guard first < bytes.count else { return nil }
        let byte = bytes[first]
        first += 1
        if first == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 4096, first * 2 >= bytes.count {
            // What always holds a byte would otherwise keep all that it ever held.
            bytes.removeFirst(first)
            first = 0
        }
        return byte
    }
}
