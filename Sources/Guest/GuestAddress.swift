/// An address as a command names it: guest-virtual, or guest-physical where `phys:` stands before it.
public enum GuestAddress: Hashable, Sendable, CustomStringConvertible {
    /// Translated by the guest's page tables while its paging is on.
    case virtual(GuestVirtualAddress)
    /// Taken as it is.
    case physical(GuestPhysicalAddress)

    /// The address in bytes.
    public var value: UInt64 {
        switch self {
        case .virtual(let address): return address.value
        case .physical(let address): return address.value
        }
    }

    /// Whether it is guest-physical.
    public var isPhysical: Bool {
        if case .physical = self { return true }
        return false
    }

    /// The address in hexadecimal as expressions write it: `0x80000000`, `phys:0x80000000`.
    public var description: String {
        switch self {
        case .virtual(let address): return address.description
        case .physical(let address): return "phys:" + address.description
        }
    }

    /// The address `value` in the same address space.
    public func with(_ value: UInt64) -> Self {
        isPhysical ? .physical(GuestPhysicalAddress(value)) : .virtual(GuestVirtualAddress(value))
    }

    /// The address `bytes` further on; wraps around at 2⁶⁴.
    public static func + (address: Self, bytes: UInt64) -> Self { address.with(address.value &+ bytes) }

    /// The address `bytes` before; wraps around at 2⁶⁴.
    public static func - (address: Self, bytes: UInt64) -> Self { address.with(address.value &- bytes) }
}
