/// A kernel's bytes, looked at where they lie. An offset outside of them gives nil.
struct KernelBytes {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// How many there are.
    var count: Int { bytes.count }

    /// The byte at `offset`.
    func byte(at offset: Int) -> UInt8? { offset >= 0 && offset < bytes.count ? bytes[offset] : nil }

    /// The two bytes at `offset`, as a number.
    func half(at offset: Int) -> UInt16? { number(at: offset) }

    /// The four bytes at `offset`, as a number.
    func word(at offset: Int) -> UInt32? { number(at: offset) }

    /// The eight bytes at `offset`, as a number.
    func double(at offset: Int) -> UInt64? { number(at: offset) }

    /// The `count` bytes from `offset` on.
    func slice(_ offset: Int, _ count: Int) -> UnsafeRawBufferPointer? {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    private func number<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Number? {
        guard offset >= 0, offset <= bytes.count - MemoryLayout<Number>.size else { return nil }
        // SAFETY: all of the number lies inside; any bits are a value of it.
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}

extension Int {
    /// The next multiple of 8, or the number itself: how `scripts/kallsyms.c` aligns each table (`ALGN`).
    var alignedTo8: Int { (self + 7) & ~7 }
}

/// How much looking around is left: a damaged image must end a search, not prolong it.
struct SearchBudget {
    private var steps: Int

    /// Enough for any image of `byteCount` bytes, and in proportion to it.
    init(byteCount: Int) { steps = byteCount / 2 + 1 << 20 }

    /// Takes `count` steps; whether there were as many.
    mutating func take(_ count: Int = 1) -> Bool {
        steps -= count
        return steps >= 0
    }
}
