/// What a `vtype` says: how vector instructions divide the registers (unprivileged specification, "Vector type register").
public struct VectorType: Equatable, Sendable {
    /// Whether the guest set a configuration that the hart does not support; the rest is zero then.
    public var isIllegal: Bool
    /// The width of an element in bytes: 1, 2, 4 or 8; nil for a reserved encoding.
    public var elementByteCount: Int?

    /// The meaning of the value `vtype` of the register.
    public init(vtype: UInt64) {
        isIllegal = vtype >> 63 == 1
        let width = vtype >> 3 & 7
        elementByteCount = width < 4 ? 1 << Int(width) : nil
    }
}
