/// What has come of a semihosting call of the guest's.
public struct SemihostingOutcome: Equatable, Sendable {
    /// What the guest gets in a0, and goes on behind the call. nil for a call that is not done: the guest stays at it, and makes it
    /// again when it runs.
    public var result: UInt64?
    /// What there is to tell; nil where the guest just goes on.
    public var event: TargetEvent?

    /// A call with the result `result`, and `event` to tell.
    public init(result: UInt64? = nil, event: TargetEvent? = nil) {
        self.result = result
        self.event = event
    }
}
