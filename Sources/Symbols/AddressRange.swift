import Guest

/// A range of guest-virtual addresses.
public struct AddressRange: Hashable, Sendable {
    /// The first address (GVA).
    public var start: GuestVirtualAddress
    /// The length in bytes.
    public var size: UInt64

    /// The `size` bytes from `start` (GVA) on.
    public init(_ start: GuestVirtualAddress, size: UInt64) {
        self.start = start
        self.size = size
    }

    /// The address (GVA) behind the last one; 0 when the range reaches the end of the address space.
    public var end: GuestVirtualAddress { start + size }

    /// Whether `address` (GVA) lies inside.
    public func contains(_ address: GuestVirtualAddress) -> Bool { address - start < size }
}
