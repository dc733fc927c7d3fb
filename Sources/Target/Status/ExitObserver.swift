import Guest

/// Kinds of exits that can be observed.
public struct ExitKinds: OptionSet, Sendable {
    /// A bit for each kind.
    public let rawValue: UInt8

    /// The kinds with these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// SBI calls that come to the host.
    public static let sbi = ExitKinds(rawValue: 1)
    /// Loads and stores that come to the host.
    public static let mmio = ExitKinds(rawValue: 2)
    /// Every other exit.
    public static let other = ExitKinds(rawValue: 4)
    /// Every exit.
    public static let all: ExitKinds = [.sbi, .mmio, .other]
}

/// One exit, as it was answered.
public struct ExitRecord: Equatable, Sendable {
    /// What the guest did.
    public enum Event: Equatable, Sendable {
        /// An SBI call: `arguments` are a0 to a5; `a0` and `a1` what it is answered.
        case sbi(extension: UInt64, function: UInt64, arguments: [UInt64], a0: UInt64, a1: UInt64)
        /// A load or store of 1 to 8 bytes: what was stored, or what the load is answered.
        case mmio(GuestPhysicalAddress, byteCount: Int, isWrite: Bool, value: UInt64)
        /// Another exit, by the kernel's name, and what there is to say about it, which may be nothing.
        case other(String, detail: String)
    }

    /// What the guest did.
    public var event: Event
    /// The address of the instruction that exited; nil when it could not be read.
    public var pc: GuestVirtualAddress?
    /// When, in nanoseconds since the guest was made.
    public var nanoseconds: UInt64

    /// `event` at `pc`.
    public init(_ event: Event, pc: GuestVirtualAddress?, nanoseconds: UInt64) {
        self.event = event
        self.pc = pc
        self.nanoseconds = nanoseconds
    }

    /// The one kind that the exit is.
    public var kind: ExitKinds {
        switch event {
        case .sbi: return .sbi
        case .mmio: return .mmio
        case .other: return .other
        }
    }
}

/// Who is told of exits.
public protocol ExitObserver: AnyObject {
    /// The guest exited; it does not run during the call.
    func exited(_ record: ExitRecord)
}
