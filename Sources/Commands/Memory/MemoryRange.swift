import Debugger
import Guest

/// A range of memory that a command got.
struct MemoryRange {
    /// The first byte.
    let start: GuestAddress
    /// The length in bytes, at least 1.
    let byteCount: UInt64

    /// The range from `start` up to `end`: the byte behind it, or the last one where `isInclusive`. An end without `phys:` is in
    /// the start's address space. Throws `.failed` for an empty range, and for ends in different spaces.
    init(
        _ start: (address: GuestAddress, span: SourceSpan), upTo end: (address: GuestAddress, span: SourceSpan),
        isInclusive: Bool
    ) throws(CommandError) {
        if end.address.isPhysical && !start.address.isPhysical {
            throw .failed(
                "The range ends at a physical address and starts at a virtual one: write phys: before the start as well.",
                start.span)
        }
        let count = end.address.value &- start.address.value &+ (isInclusive ? 1 : 0)
        guard end.address.value >= start.address.value, count > 0 else {
            throw .failed(
                "This range is empty: it ends at \(hex(end.address.value)) and starts at \(start.address.description).",
                end.span)
        }
        self.start = start.address
        byteCount = count
    }

    /// `byteCount` bytes from `start` on.
    init(start: GuestAddress, byteCount: UInt64) {
        self.start = start
        self.byteCount = byteCount
    }
}
