/// Where what the guest prints goes.
public protocol Console: AnyObject {
    /// Takes bytes as the guest printed them, in no particular pieces and no particular encoding. Whether the guest is to stop
    /// now: what was waited for is there.
    func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool
}
