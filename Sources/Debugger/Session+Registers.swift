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
        let registers = try requireGuest().registers
        if let own = maskedSIE, id == RegisterID.sie { return own }
        do { return try registers.get(id) } catch { throw .target(error) }
    }

    /// Sets a register of at most 64 bits, by its ONE_REG id. Throws `.noGuest` and `.target`.
    public func setRegisterValue(_ id: RegisterID, _ value: UInt64) throws(DebuggerError) {
        let registers = try requireGuest().registers
        do { try registers.set(id, value) } catch { throw .target(error) }
        // Whoever sets pc means just that address, be it an ebreak that was reported before.
        if id == RegisterID.pc {
            standing.reportedEbreak = nil
            standing.interruptedAt = nil
            if stop?.vcpu == guest?.current { stop?.hitsBreakpointHere = true }
            standing.reportedAt = nil
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

    /// Sets all bytes of a register of any size, by its ONE_REG id, lowest first. Throws `.noGuest` and `.target`.
    public func setRegisterBytes(_ id: RegisterID, _ bytes: [UInt8]) throws(DebuggerError) {
        let target = try requireGuest().target
        do { try TargetAccess.setRegisterBytes(id, bytes, of: target) } catch { throw .target(error) }
    }

    /// Moves pc as the guest's own doing; unlike `setRegisterValue` it does not ask for a breakpoint there to be hit.
    func setPC(_ address: GuestVirtualAddress, _ guest: Guest) throws(DebuggerError) {
        do { try guest.registers.set(.pc, address.value) } catch { throw .target(error) }
        guest.registers.note(.pc, address.value)
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
        let low = try halfword(at: address)
        if low & 0b11 != 0b11 { return Instruction(low) }
        return Instruction(low | (try halfword(at: address + 2)) << 16)
    }

    /// Two bytes of code, which never straddle a page, as the guest wrote them.
    private func halfword(at address: GuestVirtualAddress) throws(DebuggerError) -> UInt32 {
        let guest = try requireGuest()
        let physical = try translate(address)
        do { return try guest.sites.halfword(at: physical) } catch { throw .target(error) }
    }
}
