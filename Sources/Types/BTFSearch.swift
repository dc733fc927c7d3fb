import Host

/// Looks for places in memory at which BTF may begin.
public struct BTFSearch {
    /// How many places are kept: more than one is chance.
    private static let limit = 64

    /// Where BTF may begin, lowest first.
    public private(set) var found: [UInt64] = []
    /// The last bytes before the next piece, fewer than BTF begins with.
    private var tail: [UInt8] = []
    /// Where the next piece is, if it follows on what was looked at.
    private var next: UInt64?

    /// A search that has looked at nothing.
    public init() {}

    /// Looks at the bytes `piece`, which are at `address`, of any kind; where it follows on the last piece, also for what lies across the
    /// border. False when there are so many places that no more are looked for.
    @discardableResult
    public mutating func look(at piece: UnsafeRawBufferPointer, from address: UInt64) -> Bool {
        let overlap = BTFHeader.beginning.count - 1
        if next == address {
            let joined = tail + piece.prefix(overlap)
            let start = address &- UInt64(tail.count)
            joined.withUnsafeBytes { find(in: $0, from: start) }
            tail = Array((tail + piece.suffix(overlap)).suffix(overlap))
        } else {
            tail = Array(piece.suffix(overlap))
        }
        next = address &+ UInt64(piece.count)
        find(in: piece, from: address)
        return found.count < Self.limit
    }

    private mutating func find(in piece: UnsafeRawBufferPointer, from address: UInt64) {
        BTFHeader.beginning.withUnsafeBytes { needle in
            var start = 0
            while found.count < Self.limit, start < piece.count,
                let offset = ByteSearch.offset(of: needle, in: UnsafeRawBufferPointer(rebasing: piece[start...]))
            {
                let place = address &+ UInt64(start + offset)
                if found.last != place { found.append(place) }
                start += offset + 1
            }
        }
    }
}
