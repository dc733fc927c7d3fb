/// One of the statistics that KVM keeps of a VM or a vCPU (`struct kvm_stats_desc`, with its values;
/// `Documentation/virt/kvm/api.rst`, section 4.134).
public struct Statistic: Equatable, Sendable {
    /// What the numbers are.
    public enum Kind: Equatable, Sendable {
        /// Only ever grows.
        case cumulative
        /// What is now.
        case instant
        /// The largest so far.
        case peak
        /// How many events fell into each of several ranges of `bucketSize`, the last one without an upper end.
        case linearHistogram(bucketSize: UInt32)
        /// How many events fell into the ranges 0, 1, 2–3, 4–7 and so on, the last one without an upper end.
        case logarithmicHistogram
        /// A type that is younger than this program: its number.
        case unknown(UInt32)
    }

    /// What one is.
    public enum Unit: Equatable, Sendable {
        case plain, bytes, seconds, cycles, boolean
        /// A unit that is younger than this program: its number.
        case unknown(UInt32)
    }

    /// The kernel's name: "halt_poll_success_ns".
    public var name: String
    /// What the numbers are.
    public var kind: Kind
    /// What one is, times `base` to the power of `exponent`.
    public var unit: Unit
    /// 10 or 2; 0 for a base that is younger than this program.
    public var base: Int
    /// See `unit`.
    public var exponent: Int
    /// One number; of a histogram, one for each range.
    public var values: [UInt64]

    /// Whether all numbers are zero.
    public var isZero: Bool { values.allSatisfy { $0 == 0 } }
}

/// What KVM keeps of one VM or vCPU.
public struct Statistics: Equatable, Sendable {
    /// The kernel's name for it: "kvm-1234/vcpu-0".
    public var id: String
    /// In the kernel's order.
    public var statistics: [Statistic]
}
