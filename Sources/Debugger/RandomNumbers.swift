/// Numbers that look as if by chance and are the same for the same seed: SplitMix64 (Steele, Lea and Flood, "Fast Splittable
/// Pseudorandom Number Generators", 2014).
public struct RandomNumbers: Sendable {
    /// What they begin with.
    public let seed: UInt64
    /// Whether one was taken.
    public private(set) var isUsed = false
    private var state: UInt64

    /// The numbers of `seed`, from the first on.
    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// The next one.
    public mutating func next() -> UInt64 {
        isUsed = true
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
