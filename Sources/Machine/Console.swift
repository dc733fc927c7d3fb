/// Where what the guest prints goes.
public protocol Console: AnyObject {
    /// Takes bytes as the guest printed them, in no particular pieces and no particular encoding. Whether the guest is to stop
    /// now: what was waited for is there.
    func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool
}

/// Prints one byte on `console`; whether the guest is to stop.
///
/// No method of the protocol: Embedded Swift compiles a call of an extension's method on `any Console` to a trap.
func print(_ byte: UInt8, on console: any Console) -> Bool {
    withUnsafeBytes(of: byte) { bytes in
        bytes.withMemoryRebound(to: UInt8.self) { console.write($0) }
    }
}
