import Guest
import KVM
import Target

// What the engine asks of the machine. Before registers are looked at, a pending exit is completed: at each stop the
// guest is between two instructions.
extension Machine: Target {
    /// The guest's RAM: one region.
    public var memory: [MemoryRegion] { [ram.region] }

    /// Reads RAM; see `Target`.
    public func readMemory(
        at address: GuestPhysicalAddress, into buffer: UnsafeMutableRawBufferPointer
    ) throws(TargetError) {
        do throws(MachineError) { try ram.read(at: address, into: buffer) } catch { throw .memory(error.message) }
    }

    /// Shows RAM as it lies; see `Target`.
    public func withMemory(
        at address: GuestPhysicalAddress, count: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(TargetError) {
        do throws(MachineError) { body(try ram.bytes(at: address, count: count)) } catch {
            throw .memory(error.message)
        }
    }

    /// Writes RAM; see `Target`.
    public func writeMemory(_ bytes: UnsafeRawBufferPointer, at address: GuestPhysicalAddress) throws(TargetError) {
        do throws(MachineError) { try ram.write(bytes, at: address) } catch { throw .memory(error.message) }
        codeMayBeStale = true
    }

    /// The registers of the selected vCPU, by `KVM_GET_REG_LIST`.
    public func registerList() throws(TargetError) -> [RegisterID] {
        do throws(KVMError) { return try vcpu.registerList() } catch { throw .host(error.message) }
    }

    /// Reads a register of the selected vCPU; see `Target`.
    public func readRegister(_ id: RegisterID, into buffer: UnsafeMutableRawBufferPointer) throws(TargetError) {
        try completePendingExit()
        do throws(KVMError) { try vcpu.readRegister(id, into: buffer) } catch {
            throw .register(RegisterRefusal.sentence(error))
        }
    }

    /// Sets a register of the selected vCPU; see `Target`.
    public func writeRegister(_ id: RegisterID, from bytes: UnsafeRawBufferPointer) throws(TargetError) {
        try completePendingExit()
        do throws(KVMError) { try vcpu.writeRegister(id, from: bytes) } catch {
            let value = bytes.count <= 8 ? littleEndian(bytes) : nil
            throw .register(RegisterRefusal.sentence(error, setting: value))
        }
    }

    /// Starts or stops the selected vCPU; see `Target`.
    public func setMultiprocessingState(_ state: UInt32) throws(TargetError) {
        try completePendingExit()
        do throws(KVMError) {
            try vcpu.setMultiprocessingState(MultiprocessingState(rawValue: state))
        } catch { throw .host(error.message) }
    }

    /// Types at the console; see `Target`.
    public func type(_ bytes: [UInt8]) { input.append(bytes) }

    /// The number of vCPUs.
    public var vcpuCount: Int { harts.count }

    /// Switches guest debug of all vCPUs, by ioctls only when it changes; see `Target`.
    public func setGuestDebug(_ enabled: Bool) throws(TargetError) {
        if enabled == guestDebug { return }
        do throws(KVMError) {
            if enabled { try system.require(.setGuestDebug) }
            for hart in harts { try hart.vcpu.setGuestDebug(enabled) }
        } catch {
            if case .missing = error {
                throw .unavailable(error.message + " With \"guestdbg off\" the guest runs without breakpoints.")
            }
            throw .host(error.message)
        }
        guestDebug = enabled
    }
}
