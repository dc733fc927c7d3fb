import Target

extension Session {
    /// Gives the guest `bytes` as typed at its console. Throws `.noGuest`.
    public func type(_ bytes: [UInt8]) throws(DebuggerError) { try requireGuest().target.type(bytes) }

    /// Whose keys the guest gets while it runs; nil for nobody's.
    public var keyboard: (any Keyboard)? {
        get { guest?.target.keyboard }
        set { guest?.target.keyboard = newValue }
    }
}
