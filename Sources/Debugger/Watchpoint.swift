import Guest
import Target

/// A watchpoint as the user set it.
public struct Watchpoint: Sendable {
    /// The number that commands know it by; breakpoints and watchpoints share the sequence.
    public let number: Int
    /// What stops the guest.
    public let kind: Kind
    /// What is watched, as it was written.
    public let text: String
    /// What is watched: it tells the place again when another program is loaded.
    let expression: Expression
    /// Where the watched value is, as it was when the watchpoint was set.
    public internal(set) var location: MemoryLocation
    /// What must be true for a stop, as it was written and parsed; nil for no condition.
    public internal(set) var condition: (text: String, expression: Expression)?
    /// Whether it is to stop the guest. One that is not slows no page down.
    public internal(set) var isEnabled = true
    /// What becomes of it when it stopped the guest.
    public internal(set) var disposition = Breakpoint.Disposition.keep
    /// How many further hits do not stop the guest.
    public internal(set) var ignoreCount: UInt64 = 0
    /// What became of it in the guest that runs now.
    public internal(set) var state: State
    /// How often the guest did what is watched for, while the condition was true, since it was set.
    public internal(set) var hits: UInt64 = 0
    /// The value's bytes, lowest first, as they were last seen; empty while it is not armed.
    var bytes: [UInt8] = []

    /// What stops the guest.
    public enum Kind: Sendable {
        /// The value changes.
        case change
        /// The value is read.
        case read
        /// The value is read or written.
        case access

        /// The command that sets one: "watch", "rwatch", "awatch".
        public var command: String {
            switch self {
            case .change: return "watch"
            case .read: return "rwatch"
            case .access: return "awatch"
            }
        }
    }

    /// Whether the watched bytes have a place in the guest's memory.
    public enum State: Equatable, Sendable {
        /// There is no guest yet, or the watchpoint is disabled.
        case waiting
        /// The program that was loaded since does not have it; the sentence says what is missing.
        case lost(String)
        /// Its bytes are these in the guest's physical memory: two regions where they straddle an edge of pages.
        case armed([MemoryRegion])
        /// The bytes have no place in the guest's memory now; the sentence says why. It is tried again at each stop.
        case pending(String)
    }

    /// The regions of an armed one.
    var regions: [MemoryRegion] {
        if case .armed(let regions) = state { return regions }
        return []
    }
}

/// Why watchpoints stopped the guest.
public struct WatchReport: Sendable {
    /// The address of the instruction that did it; nil where that cannot be told.
    public let origin: GuestVirtualAddress?
    /// The watchpoints, lowest number first.
    public let hits: [WatchHit]
}

/// What one watchpoint saw.
public struct WatchHit: Sendable {
    /// The watchpoint's number.
    public let number: Int
    /// The watchpoint's kind.
    public let kind: Watchpoint.Kind
    /// What is watched, as it was written.
    public let text: String
    /// The value before; nil where it has not changed.
    public let old: Value?
    /// The value now.
    public let new: Value
    /// Why the condition has no value, if it has none: then the guest stops.
    public let conditionError: String?
}
