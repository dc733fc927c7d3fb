/// Where what the guest prints goes.
public protocol Console: AnyObject {
    /// Takes bytes as the guest printed them, in no particular pieces and no particular encoding.
    func write(_ bytes: UnsafeBufferPointer<UInt8>)
}
