import Guest

/// A range of RAM whose use by the guest is to be told.
public struct WatchedRange: Equatable, Sendable {
    /// What is told.
    public enum Kind: Equatable, Sendable {
        /// A store that changes a byte of it.
        case change
        /// A load from it.
        case read
        /// Each load and each store.
        case access
    }

    /// The bytes.
    public var region: MemoryRegion
    /// What is told.
    public var kind: Kind

    /// The `byteCount` bytes from `start` on, watched for `kind`.
    public init(start: GuestPhysicalAddress, byteCount: UInt64, kind: Kind) {
        region = MemoryRegion(start: start, byteCount: byteCount)
        self.kind = kind
    }
}

/// What an instruction of the guest did to watched memory.
public struct WatchedAccess: Equatable, Sendable {
    /// The address of the instruction.
    public var pc: GuestVirtualAddress
    /// The bytes that it read or wrote; two regions where it straddles an edge of pages.
    public var regions: [MemoryRegion]
    /// Whether it read them.
    public var reads: Bool
    /// Whether it wrote them.
    public var writes: Bool

    /// An access by the instruction at `pc`.
    public init(pc: GuestVirtualAddress, regions: [MemoryRegion], reads: Bool, writes: Bool) {
        self.pc = pc
        self.regions = regions
        self.reads = reads
        self.writes = writes
    }
}

extension MemoryRegion {
    /// Whether the two have a byte in common.
    public func overlaps(_ other: MemoryRegion) -> Bool {
        byteCount > 0 && other.byteCount > 0 && (contains(other.start) || other.contains(start))
    }
}
