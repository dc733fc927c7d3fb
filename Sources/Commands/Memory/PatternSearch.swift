import Host

/// Looks for a pattern in bytes that come piece by piece, over the pieces' edges too. Matches may overlap.
struct PatternSearch {
    /// What is looked for; at least one byte.
    let pattern: [UInt8]
    /// How many bytes came.
    private(set) var byteCount: UInt64 = 0
    /// The last bytes that came, one less than the pattern has, or all of them.
    private var tail: [UInt8] = []

    init(_ pattern: [UInt8]) { self.pattern = pattern }

    /// Looks at the next piece. `found` gets the distance of each match from the first byte of all, lowest first, and returns
    /// whether to go on; false when it did not.
    mutating func feed(_ piece: UnsafeRawBufferPointer, _ found: (UInt64) -> Bool) -> Bool {
        let overlap = pattern.count - 1
        var goesOn = true
        if !tail.isEmpty {
            // Neither part can hold the whole pattern: what is found here lies over the edge.
            let joint = tail + piece.prefix(overlap)
            let start = byteCount - UInt64(tail.count)
            goesOn = joint.withUnsafeBytes { search($0, start, found) }
        }
        if goesOn { goesOn = search(piece, byteCount, found) }
        byteCount += UInt64(piece.count)
        tail = piece.count >= overlap ? Array(piece.suffix(overlap)) : (tail + piece).suffix(overlap)
        return goesOn
    }

    private func search(_ bytes: UnsafeRawBufferPointer, _ start: UInt64, _ found: (UInt64) -> Bool) -> Bool {
        pattern.withUnsafeBytes { pattern in
            var from = 0
            while from < bytes.count,
                let offset = ByteSearch.offset(of: pattern, in: UnsafeRawBufferPointer(rebasing: bytes[from...]))
            {
                if !found(start + UInt64(from + offset)) { return false }
                from += offset + 1
            }
            return true
        }
    }
}
