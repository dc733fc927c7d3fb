import Guest

/// Registers and memory of a target as plain values.
///
/// These are functions rather than methods in an extension of the protocol: Embedded Swift compiles a call of such a method on
/// `any Target` to a trap.
public enum TargetAccess {
    /// The value of a register of `target` of at most eight bytes, zero-extended. Throws `.register`.
    public static func register(_ id: RegisterID, of target: any Target) throws(TargetError) -> UInt64 {
        let byteCount = id.byteCount
        guard byteCount <= 8 else {
            throw .register("The register \(id.description) has \(byteCount) bytes and does not fit a 64-bit value.")
        }
        var value: UInt64 = 0
        let result = withUnsafeMutableBytes(of: &value) { buffer in
            Result { () throws(TargetError) in
                try target.readRegister(id, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<byteCount]))
            }
        }
        try result.get()
        return UInt64(littleEndian: value)
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
        let byteCount = id.byteCount
        guard byteCount <= 8 else {
            throw .register("The register \(id.description) has \(byteCount) bytes: a 64-bit value does not fill it.")
        }
        let result = withUnsafeBytes(of: value.littleEndian) { bytes in
            Result { () throws(TargetError) in
                try target.writeRegister(id, from: UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]))
            }
        }
        try result.get()
    }

    /// Sets a register of `target` from its bytes, lowest first. Throws `.register`, also when they are not as many as the
    /// register has.
    public static func setRegisterBytes(
        _ id: RegisterID, _ bytes: [UInt8], of target: any Target
    ) throws(TargetError) {
        guard bytes.count == id.byteCount else {
            throw .register(
                "The register \(id.description) has \(id.byteCount) bytes and cannot be set from \(bytes.count).")
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: id.byteCount, alignment: 16)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
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
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(TargetError) in try target.writeMemory(bytes, at: address) }
        }
        try result.get()
    }

    /// The number that the `count` bytes (1 to 8) at `address` are, little-endian. Throws `.memory`.
    public static func number(
        of target: any Target, at address: GuestPhysicalAddress, count: Int
    ) throws(TargetError) -> UInt64 {
        var value: UInt64 = 0
        let result = withUnsafeMutableBytes(of: &value) { buffer in
            Result { () throws(TargetError) in
                try target.readMemory(at: address, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        try result.get()
        return UInt64(littleEndian: value)
    }

    /// Writes the low `count` bytes (1 to 8) of `value` to `address`, little-endian. Throws `.memory`.
    public static func setNumber(
        _ value: UInt64, of target: any Target, at address: GuestPhysicalAddress, count: Int
    ) throws(TargetError) {
        let result = withUnsafeBytes(of: value.littleEndian) { bytes in
            Result { () throws(TargetError) in
                try target.writeMemory(UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: address)
            }
        }
        try result.get()
    }
}
