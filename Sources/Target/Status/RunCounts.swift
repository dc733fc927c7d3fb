/// What happened to a guest since it was made: each time that it was let run, and each call of the kernel.
public struct RunCounts: Equatable, Sendable {
    /// One kind of exit, or of call, and how often it was.
    public struct Row: Equatable, Sendable {
        /// The kernel's name, "KVM_EXIT_DEBUG".
        public var name: String
        /// How often.
        public var count: UInt64

        /// `name`, `count` times.
        public init(_ name: String, _ count: UInt64) {
            self.name = name
            self.count = count
        }
    }

    /// An SBI call that came to the host.
    public struct SBIRow: Equatable, Sendable {
        /// The extension's id.
        public var `extension`: UInt64
        /// The function's id.
        public var function: UInt64
        /// How often.
        public var count: UInt64

        /// The function `function` of `extension`, `count` times.
        public init(extension: UInt64, function: UInt64, count: UInt64) {
            self.extension = `extension`
            self.function = function
            self.count = count
        }
    }

    /// Why the guest came back; together they are as many as KVM_RUN was issued.
    public var exits: [Row] = []
    /// The SBI calls among them, most frequent first.
    public var sbi: [SBIRow] = []
    /// SBI calls of further kinds, which are not told apart.
    public var otherSBI: UInt64 = 0
    /// The calls of the kernel's interface to KVM.
    public var calls: [Row] = []
    /// The time in KVM_RUN, in nanoseconds; nil when it is not measured.
    public var guestNanoseconds: UInt64?
    /// The time since the guest was made, in nanoseconds.
    public var totalNanoseconds: UInt64 = 0

    /// Nothing happened.
    public init() {}
}
