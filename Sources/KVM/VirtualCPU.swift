import CKVM
import Guest
import Host

/// A vCPU: its run page and the way into the guest.
///
/// All calls come from one thread, the one that made it.
public final class VirtualCPU {
    /// Its number, which is its hart id.
    public let id: UInt32
    /// What it shares with the kernel.
    public let page: RunPage
    /// Keeps the VM and its KVM open.
    public let machine: VirtualMachine
    /// How many stores `run(past:)` has done.
    public internal(set) var passedStores: UInt64 = 0
    let file: FileDescriptor
    let counts: IOCtlCounts

    init(id: UInt32, _ file: FileDescriptor, machine: VirtualMachine) throws(KVMError) {
        let size = try machine.system.runPageSize()
        var address: UnsafeMutableRawPointer?
        if let errno = Errno(result: ckvm_map_file(file.number, size, &address)) { throw .runPage(errno) }
        // SAFETY: the kernel maps `size` bytes at `address`; they stay mapped until `deinit`.
        let buffer = UnsafeMutableRawBufferPointer(start: address, count: size)
        guard let page = RunPage(buffer) else { throw .runPage(Errno(EINVAL)) }
        self.id = id
        self.file = file
        self.machine = machine
        counts = machine.system.counts
        self.page = page
    }

    deinit {
        // SAFETY: the mapping of `init`; nobody else keeps the page beyond its vCPU.
        if let address = page.buffer.baseAddress { _ = ckvm_unmap(address, page.buffer.count) }
    }

    /// Completes a pending exit and lets the guest run until the next one; a signal ends it with `.interrupted`, at once
    /// when `page.immediateExit` is 1.
    ///
    /// The corresponding ioctl is `KVM_RUN`. Always available. Throws `.run`.
    public func run() throws(KVMError) -> Exit {
        switch Errno(result: counts.counted(.run, ckvm_run(file.number))) {
        case nil: return page.exit
        case Errno(EINTR), Errno(EAGAIN): return .interrupted
        case let errno?: throw .run(errno)
        }
    }

    /// What the `KVM_RUN` that returned `result` in another thread has come to.
    func outcome(_ result: Int32) -> Result<Exit, KVMError> {
        switch Errno(result: counts.counted(.run, result)) {
        case nil: return .success(page.exit)
        case Errno(EINTR), Errno(EAGAIN): return .success(.interrupted)
        case let errno?: return .failure(.run(errno))
        }
    }

    /// Whether the vCPU runs or waits to be started.
    ///
    /// The corresponding ioctl is `KVM_GET_MP_STATE`. Available with `KVM_CAP_MP_STATE`. Throws `.ioctl`.
    public func multiprocessingState() throws(KVMError) -> MultiprocessingState {
        var state: UInt32 = 0
        _ = try counts.checked(.getMPState, ckvm_get_mp_state(file.number, &state))
        return MultiprocessingState(rawValue: state)
    }

    /// Starts or stops the vCPU, effective at its next run.
    ///
    /// The corresponding ioctl is `KVM_SET_MP_STATE`. Available with `KVM_CAP_MP_STATE`. Throws `.ioctl`.
    public func setMultiprocessingState(_ state: MultiprocessingState) throws(KVMError) {
        _ = try counts.checked(.setMPState, ckvm_set_mp_state(file.number, state.rawValue))
    }

    /// Whether the guest's `ebreak` exits with `.debug` instead of going to the guest's own trap handler; effective at the
    /// next run. Of all control bits RISC-V acts upon this one alone, and accepts the others without a word.
    ///
    /// The corresponding ioctl is `KVM_SET_GUEST_DEBUG`. Available with `KVM_CAP_SET_GUEST_DEBUG`. Throws `.ioctl`.
    public func setGuestDebug(_ enabled: Bool) throws(KVMError) {
        let control = enabled ? UInt32(KVM_GUESTDBG_ENABLE) : 0
        _ = try counts.checked(.setGuestDebug, ckvm_set_guest_debug(file.number, control))
    }

    /// Raises or lowers the guest's external interrupt line (`KVM_INTERRUPT_SET`, `KVM_INTERRUPT_UNSET`).
    ///
    /// The corresponding ioctl is `KVM_INTERRUPT`. Available on RISC-V always. Throws `.ioctl`.
    public func setExternalInterrupt(_ raised: Bool) throws(KVMError) {
        let number = raised ? UInt32.max : UInt32.max - 1
        _ = try counts.checked(.interrupt, ckvm_interrupt(file.number, number))
    }
}

/// `struct kvm_mp_state`: whether a vCPU runs.
public struct MultiprocessingState: Equatable, Sendable {
    /// The number as the kernel takes it.
    public var rawValue: UInt32

    /// The state with the kernel's number `rawValue`.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `KVM_MP_STATE_RUNNABLE`.
    public static let runnable = MultiprocessingState(rawValue: UInt32(KVM_MP_STATE_RUNNABLE))
    /// `KVM_MP_STATE_STOPPED`: until SBI HSM or the host starts it.
    public static let stopped = MultiprocessingState(rawValue: UInt32(KVM_MP_STATE_STOPPED))

    /// "runnable", "stopped", or the number.
    public var description: String {
        switch self {
        case .runnable: return "runnable"
        case .stopped: return "stopped"
        default: return "state \(rawValue)"
        }
    }
}
