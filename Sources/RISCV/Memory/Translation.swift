import Guest

/// What a guest-virtual address means.
public struct Translation: Equatable, Sendable {
    /// The guest-physical address.
    public var address: GuestPhysicalAddress
    /// The entry that maps it; nil without paging, where every access is allowed.
    public var leaf: PageTableStep?
    /// The size in bytes of the page that it lies in; nil without paging.
    public var pageByteCount: UInt64?
}

/// One entry that a walk went through.
public struct PageTableStep: Equatable, Sendable {
    /// The level of the table that holds the entry: 0 is the last one.
    public var level: Int
    /// The guest-physical address of the entry.
    public var address: GuestPhysicalAddress
    /// The entry.
    public var entry: PageTableEntry
}
