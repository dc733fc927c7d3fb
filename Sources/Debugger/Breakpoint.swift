import Guest

/// A breakpoint as the user set it.
public struct Breakpoint: Sendable {
    /// The number that commands know it by, from 1, never used again.
    public let number: Int
    /// The location as it was written.
    public let location: String
    /// Where it is, as a guest-virtual address.
    public internal(set) var address: GuestVirtualAddress
    /// The symbol that `address` follows when another program is loaded, and the bytes behind it; nil for an address that was
    /// given as such.
    public let symbol: (name: String, offset: UInt64)?
    /// What became of it in the guest that runs now.
    public internal(set) var state: State
    /// How often the guest reached it since it was set.
    public internal(set) var hits = 0

    /// Whether the `ebreak` is in the guest's memory.
    public enum State: Equatable, Sendable {
        /// There is no guest yet.
        case waiting
        /// The program that was loaded since has no symbol of this name.
        case lost(String)
        /// Its site is at this guest-physical address.
        case armed(GuestPhysicalAddress)
        /// It has no place in the guest's memory now; the sentence says why. It is tried again at each stop.
        case pending(String)
    }
}
