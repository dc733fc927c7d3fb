import Guest

/// A place in guest-physical memory where an `ebreak` is to stand in for the guest's own instruction.
final class Site {
    /// Where.
    let address: GuestPhysicalAddress
    /// The guest's own bytes there, as they were when the `ebreak` was last put over them, little-endian.
    var original: UInt32
    /// Whether the `ebreak` is in memory now.
    var isPlanted = false
    /// How many breakpoints need it.
    var users: Int

    init(address: GuestPhysicalAddress, original: UInt32, users: Int = 0) {
        self.address = address
        self.original = original
        self.users = users
    }
}
