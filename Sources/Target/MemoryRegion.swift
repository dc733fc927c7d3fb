import Guest

/// A range of guest-physical memory backed by RAM.
public struct MemoryRegion: Equatable, Sendable {
    /// The first byte.
    public var start: GuestPhysicalAddress
    /// The length in bytes.
    public var byteCount: UInt64

    /// `byteCount` bytes of RAM from `start` on.
    public init(start: GuestPhysicalAddress, byteCount: UInt64) {
        self.start = start
        self.byteCount = byteCount
    }

    /// The first address behind the region.
    public var end: GuestPhysicalAddress { start + byteCount }

    /// Whether all of `count` bytes from `address` on lie in the region.
    public func contains(_ address: GuestPhysicalAddress, count: UInt64 = 1) -> Bool {
        let offset = address - start
        return address >= start && offset <= byteCount && count <= byteCount - offset
    }
}
