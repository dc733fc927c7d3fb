import Guest

/// A breakpoint as the user set it.
public struct Breakpoint: Sendable {
    /// The number that commands know it by, from 1, never used again.
    public let number: Int
    /// The location as it was written.
    public let location: String
    /// Where it is.
    public internal(set) var place: CodePlace
    /// What `place` follows when another program is loaded; nil for an address that was given as such.
    public let name: CodeName?
    /// What becomes of it when it stopped the guest.
    public internal(set) var disposition: Disposition
    /// Whether it is to stop the guest. One that is not leaves no `ebreak` in the guest's memory.
    public internal(set) var isEnabled = true
    /// The vCPU that it stops; nil for any.
    public let vcpu: Int?
    /// What must be true for a stop, as it was written and parsed; nil for no condition.
    public internal(set) var condition: (text: String, expression: Expression)?
    /// How many further hits do not stop the guest.
    public internal(set) var ignoreCount: UInt64 = 0
    /// What became of it in the guest that runs now.
    public internal(set) var state: State
    /// How often the guest reached it while its condition was true, since it was set.
    public internal(set) var hits: UInt64 = 0
    /// How often the guest wrote over its `ebreak`, which was put back each time.
    public internal(set) var overwritten = 0

    /// What becomes of a breakpoint that stopped the guest.
    public enum Disposition: Sendable {
        /// It stays.
        case keep
        /// It is disabled.
        case disable
        /// It is deleted.
        case delete
    }

    /// Whether the `ebreak` is in the guest's memory.
    public enum State: Equatable, Sendable {
        /// There is no guest yet, or the breakpoint is disabled.
        case waiting
        /// The program that was loaded since has not got what it is named by.
        case lost(CodeName)
        /// Its site is at this guest-physical address.
        case armed(GuestPhysicalAddress)
        /// It has no place in the guest's memory now; the sentence says why. It is tried again at each stop.
        case pending(String)
    }
}
