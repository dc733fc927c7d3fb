import Guest
import RISCV
import Target

extension Session {
    /// What lies where in the guest's physical memory. Throws `.noGuest`.
    public func memorySlots() throws(DebuggerError) -> [SlotStatus] { try requireGuest().target.memorySlots }

    /// What the vCPU is, besides its registers. Throws `.noGuest` and `.target`.
    public func vcpuStatus() throws(DebuggerError) -> VCPUStatus {
        let target = try requireGuest().target
        do { return try target.vcpuStatus() } catch { throw .target(error) }
    }

    /// Sets the kernel's state of the vCPU, by its number (`KVM_MP_STATE_…`). Throws `.noGuest` and `.target`.
    public func setMultiprocessingState(_ state: UInt32) throws(DebuggerError) {
        let target = try requireGuest().target
        do { try target.setMultiprocessingState(state) } catch { throw .target(error) }
    }

    /// What the kernel counts of the guest. Throws `.noGuest` and `.target`.
    public func statistics() throws(DebuggerError) -> [StatisticGroup] {
        let target = try requireGuest().target
        do { return try target.statistics() } catch { throw .target(error) }
    }

    /// The device tree blob as it was given to the guest; nil where it was given none. Throws `.noGuest`.
    public func deviceTree() throws(DebuggerError) -> [UInt8]? { try requireGuest().target.deviceTree }

    /// What happened since the guest was made. Throws `.noGuest`.
    public func runCounts() throws(DebuggerError) -> RunCounts { try requireGuest().target.runCounts }

    /// The latest exits of the guest, oldest first. Throws `.noGuest`.
    public func latestExits() throws(DebuggerError) -> [ExitRecord] { try requireGuest().target.latestExits }

    /// Has each exit that is one of `kinds` told to `observer`, in this guest and in those that come. No kinds, or nil, ends
    /// that.
    public func observe(_ kinds: ExitKinds, by observer: (any ExitObserver)?) {
        exitObserver = observer
        observedExits = observer == nil ? [] : kinds
        guest?.target.observe(observedExits, by: observer)
    }
}
