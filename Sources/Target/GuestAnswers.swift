/// What the guest reads where nothing answers it: the stop comes all the same.
public struct GuestAnswers: Equatable, Sendable {
    /// Of memory where there is neither RAM nor a device; a narrower load gets the low bytes.
    public var load: UInt64 = 0
    /// Of a CSR that the kernel leaves to user space, as `seed`.
    public var csr: UInt64 = 0

    /// Zero everywhere.
    public init() {}
}
