import Guest

/// One guest with one vCPU, as the engine sees it: memory, registers, and "run until something worth telling".
///
/// The engine knows no KVM; a scripted target drives it in the unit tests. All calls come from one thread, while the guest
/// does not run, except `interrupt()`.
public protocol Target: AnyObject {
    /// The guest's RAM, lowest address first.
    var memory: [MemoryRegion] { get }

    /// Fills `buffer` from guest-physical memory, all or nothing. Throws `.memory`.
    func readMemory(at address: GuestPhysicalAddress, into buffer: UnsafeMutableRawBufferPointer) throws(TargetError)

    /// Writes `bytes` to guest-physical memory, all or nothing, so that the guest's next instruction fetch sees them.
    /// Throws `.memory`.
    func writeMemory(_ bytes: UnsafeRawBufferPointer, at address: GuestPhysicalAddress) throws(TargetError)

    /// Every register that the vCPU has. Throws `.host`.
    func registerList() throws(TargetError) -> [RegisterID]

    /// Fills `buffer`, which is as long as the register (`id.byteCount`), little-endian. One system call. Throws `.register`.
    func readRegister(_ id: RegisterID, into buffer: UnsafeMutableRawBufferPointer) throws(TargetError)

    /// Sets a register from `bytes`, which are as long as the register, little-endian. One system call. Throws `.register`.
    func writeRegister(_ id: RegisterID, from bytes: UnsafeRawBufferPointer) throws(TargetError)

    /// Whether the guest's `ebreak` comes to the debugger (`KVM_GUESTDBG_ENABLE`) instead of the guest's own trap handler;
    /// effective at the next run. Throws `.host`.
    func setGuestDebug(_ enabled: Bool) throws(TargetError)

    /// Lets the guest run until there is something to tell. A signal ends it with `.interrupted`. Throws `.host`.
    func run() throws(TargetError) -> TargetEvent
}

extension Target {
    /// The value of a register of at most eight bytes, zero-extended. Throws `.register`.
    public func readRegister(_ id: RegisterID) throws(TargetError) -> UInt64 {
        guard id.byteCount <= 8 else {
            throw .register("The register \(id) has \(id.byteCount) bytes and does not fit a 64-bit value.")
        }
        var value: UInt64 = 0
        try readRegister(id, into: &value, byteCount: id.byteCount)
        return UInt64(littleEndian: value)
    }

    private func readRegister(
        _ id: RegisterID, into value: UnsafeMutableRawPointer, byteCount: Int
    ) throws(TargetError) {
        try readRegister(id, into: UnsafeMutableRawBufferPointer(start: value, count: byteCount))
    }

    /// Sets a register of at most eight bytes to the low bytes of `value`. Throws `.register`.
    public func writeRegister(_ id: RegisterID, _ value: UInt64) throws(TargetError) {
        guard id.byteCount <= 8 else {
            throw .register("The register \(id) has \(id.byteCount) bytes: a 64-bit value does not fill it.")
        }
        var value = value.littleEndian
        try writeRegister(id, from: &value, byteCount: id.byteCount)
    }

    private func writeRegister(
        _ id: RegisterID, from value: UnsafeRawPointer, byteCount: Int
    ) throws(TargetError) {
        try writeRegister(id, from: UnsafeRawBufferPointer(start: value, count: byteCount))
    }

    /// `count` bytes of guest-physical memory. Throws `.memory`.
    public func readMemory(at address: GuestPhysicalAddress, count: Int) throws(TargetError) -> [UInt8] {
        guard count > 0 else { return [] }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        try readMemory(at: address, into: buffer)
        return [UInt8](buffer)
    }

    /// Writes `bytes` to guest-physical memory. Throws `.memory`.
    public func writeMemory(_ bytes: [UInt8], at address: GuestPhysicalAddress) throws(TargetError) {
        guard !bytes.isEmpty else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        try writeMemory(UnsafeRawBufferPointer(buffer), at: address)
    }
}
