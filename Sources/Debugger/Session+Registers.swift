import Guest
import RISCV
import Target

extension Session {
    /// The pc. Throws `.noGuest` and `.target`.
    public func pc() throws(DebuggerError) -> GuestVirtualAddress {
        GuestVirtualAddress(try registerValue(.pc))
    }

    /// A register of at most 64 bits, by its ONE_REG id. Throws `.noGuest` and `.target`.
    public func registerValue(_ id: RegisterID) throws(DebuggerError) -> UInt64 {
        let target = try requireGuest().target
        do { return try TargetAccess.register(id, of: target) } catch { throw .target(error) }
    }

    /// Sets a register of at most 64 bits, by its ONE_REG id. Throws `.noGuest` and `.target`.
    public func setRegisterValue(_ id: RegisterID, _ value: UInt64) throws(DebuggerError) {
        let target = try requireGuest().target
        do { try TargetAccess.setRegister(id, value, of: target) } catch { throw .target(error) }
        // Whoever sets pc means just that address, be it an ebreak that was reported before.
        if id == RegisterID.pc {
            reportedEbreak = nil
            stop?.hitsBreakpointHere = true
        }
    }

    /// The registers that the guest's vCPU has, by their ONE_REG ids. Throws `.noGuest` and `.target`.
    public func registerList() throws(DebuggerError) -> [RegisterID] {
        let target = try requireGuest().target
        do { return try target.registerList() } catch { throw .target(error) }
    }

    /// All bytes of a register of any size, by its ONE_REG id, lowest first. Throws `.noGuest` and `.target`.
    public func registerBytes(_ id: RegisterID) throws(DebuggerError) -> [UInt8] {
        let target = try requireGuest().target
        do { return try TargetAccess.registerBytes(id, of: target) } catch { throw .target(error) }
    }

    func setPC(_ address: GuestVirtualAddress) throws(DebuggerError) {
        try setRegisterValue(.pc, address.value)
    }

    /// The integer register x`number`, of which x0 is always zero.
    func integerRegister(_ number: UInt8) throws(DebuggerError) -> UInt64 {
        guard let id = RegisterID.x(number) else { return 0 }
        return try registerValue(id)
    }

    /// The physical address of `address`, or nil where the guest has none.
    func mapped(_ address: GuestVirtualAddress) throws(DebuggerError) -> GuestPhysicalAddress? {
        do { return try translate(address) } catch .unmapped { return nil } catch { throw error }
    }

    /// The guest's own instruction at `address`; nil for an encoding without a length.
    func instruction(at address: GuestVirtualAddress) throws(DebuggerError) -> Instruction? {
        let half = try bytes(at: address, count: 2)
        let low = UInt32(half[0]) | UInt32(half[1]) << 8
        if low & 0b11 != 0b11 { return Instruction(low) }
        let rest = try bytes(at: address + 2, count: 2)
        return Instruction(low | UInt32(rest[0]) << 16 | UInt32(rest[1]) << 24)
    }
}
