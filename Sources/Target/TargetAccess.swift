import Guest

/// Registers and memory of a target as plain values.
///
/// These are functions rather than methods in an extension of the protocol: Embedded Swift compiles a call of such a method on
/// `any Target` to a trap.
public enum TargetAccess {
    /// The value of a register of `target` of at most eight bytes, zero-extended. Throws `.register`.
    public static func register(_ id: RegisterID, of target: any Target) throws(TargetError) -> UInt64 {
        guard id.byteCount <= 8 else {
            throw .register("The register \(id.description) has \(id.byteCount) bytes and does not fit a 64-bit value.")
        }
        let bytes = try registerBytes(id, of: target)
        return littleEndian(bytes)
    }

    /// The bytes of a register of `target`, lowest first. Throws `.register`.
    public static func registerBytes(_ id: RegisterID, of target: any Target) throws(TargetError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: id.byteCount, alignment: 16)
        defer { buffer.deallocate() }
        try target.readRegister(id, into: buffer)
        return [UInt8](buffer)
    }

    /// Sets a register of `target` of at most eight bytes to the low bytes of `value`. Throws `.register`.
    public static func setRegister(_ id: RegisterID, _ value: UInt64, of target: any Target) throws(TargetError) {
        guard id.byteCount <= 8 else {
            throw .register(
                "The register \(id.description) has \(id.byteCount) bytes: a 64-bit value does not fill it.")
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: id.byteCount, alignment: 16)
        defer { buffer.deallocate() }
        for index in 0..<id.byteCount { buffer[index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
        try target.writeRegister(id, from: UnsafeRawBufferPointer(buffer))
    }

    /// `count` bytes of the guest-physical memory of `target`. Throws `.memory`.
    public static func memory(
        of target: any Target, at address: GuestPhysicalAddress, count: Int
    ) throws(TargetError) -> [UInt8] {
        guard count > 0 else { return [] }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        try target.readMemory(at: address, into: buffer)
        return [UInt8](buffer)
    }

    /// Writes `bytes` to the guest-physical memory of `target`. Throws `.memory`.
    public static func setMemory(_ bytes: [UInt8], of target: any Target, at address: GuestPhysicalAddress)
        throws(TargetError)
    {
        guard !bytes.isEmpty else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        try target.writeMemory(UnsafeRawBufferPointer(buffer), at: address)
    }
}
