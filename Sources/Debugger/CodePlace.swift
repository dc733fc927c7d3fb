import Guest

/// An address of code, as the user meant it.
public enum CodePlace: Equatable, Sendable {
    /// Where the guest sees it. Its place in memory follows from the guest's page tables, or from the program before these are on.
    case virtual(GuestVirtualAddress)
    /// Its place in the guest's memory, through whatever virtual address it is reached.
    case physical(GuestPhysicalAddress)

    /// The number, of either kind.
    public var value: UInt64 {
        switch self {
        case .virtual(let address): return address.value
        case .physical(let address): return address.value
        }
    }

    /// "0x80000010", "phys:0x80000010".
    public var description: String {
        switch self {
        case .virtual(let address): return address.description
        case .physical(let address): return "phys:" + address.description
        }
    }
}
