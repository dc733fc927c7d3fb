import CKVM
import Guest

/// Why a vCPU came back, with what the run page says about it (`Documentation/virt/kvm/api.rst`, section 5).
public enum Exit: Equatable, Sendable {
    /// `KVM_EXIT_UNKNOWN`: the hardware's own reason.
    case unknown(hardwareReason: UInt64)
    /// `KVM_EXIT_IO`: an access to an x86 port; `size` in bytes.
    case portIO(isWrite: Bool, size: Int, port: UInt16, count: UInt32)
    /// `KVM_EXIT_DEBUG`: a debug event. The page says nothing more on RISC-V.
    case debug
    /// `KVM_EXIT_HLT`.
    case halted
    /// `KVM_EXIT_MMIO`: an access to memory that no slot backs, or a store to a read-only slot. The next `KVM_RUN`
    /// completes it.
    case mmio(MMIO)
    /// `KVM_EXIT_SHUTDOWN`: the architecture's last resort (x86: triple fault).
    case shutdown
    /// `KVM_EXIT_FAIL_ENTRY`: the hardware refused to enter the guest.
    case failEntry(hardwareReason: UInt64, cpu: UInt32)
    /// `KVM_EXIT_INTR`, or `KVM_RUN` ended with EINTR or EAGAIN: a signal, or `immediateExit`.
    case interrupted
    /// `KVM_EXIT_INTERNAL_ERROR`: KVM itself is at its end; the data depends on the sub-error.
    case internalError(suberror: UInt32, data: [UInt64])
    /// `KVM_EXIT_SYSTEM_EVENT`: 1 shutdown, 2 reset, 3 crash; on RISC-V by SBI SRST, `data[0]` being its reason.
    case systemEvent(type: UInt32, data: [UInt64])
    /// `KVM_EXIT_RISCV_SBI`: an SBI call that the kernel leaves to the host. The next `KVM_RUN` completes it.
    case riscvSBI(SBICall)
    /// `KVM_EXIT_RISCV_CSR`: an access to a CSR that the kernel leaves to the host. The next `KVM_RUN` completes it.
    case riscvCSR(CSRRequest)
    /// `KVM_EXIT_NOTIFY`.
    case notify(flags: UInt32)
    /// `KVM_EXIT_MEMORY_FAULT`: host memory could not be had for `byteCount` bytes at `address`.
    case memoryFault(flags: UInt64, address: GuestPhysicalAddress, byteCount: UInt64)
    /// Any other; its payload is for an architecture that has no debugger here.
    case other(ExitReason)

    /// Whether the guest's instruction is finished only by the next `KVM_RUN`.
    public var awaitsCompletion: Bool {
        switch self {
        case .mmio, .riscvSBI, .riscvCSR, .portIO: return true
        default: return false
        }
    }
}

/// A load or store that the kernel hands to the host (`kvm_run.mmio`).
public struct MMIO: Equatable, Sendable {
    /// The guest-physical address.
    public var address: GuestPhysicalAddress
    /// 1 to 8.
    public var byteCount: Int
    /// Whether it is a store.
    public var isWrite: Bool
    /// What is stored, zero-extended; 0 for a load.
    public var value: UInt64
}

/// An SBI call (`kvm_run.riscv_sbi`).
public struct SBICall: Equatable, Sendable {
    /// The extension's id, from a7.
    public var `extension`: UInt64
    /// The function's id, from a6.
    public var function: UInt64
    /// a0 to a5.
    public var arguments: [UInt64]
}

/// An access to a CSR (`kvm_run.riscv_csr`): the new value is (old & ~mask) | (new & mask); mask 0 is a read.
public struct CSRRequest: Equatable, Sendable {
    /// The CSR's number, 0 to 0xfff.
    public var number: UInt64
    /// The bits to write.
    public var newValue: UInt64
    /// Which of them are written.
    public var writeMask: UInt64
}

extension RunPage {
    /// The number of the last exit.
    public var reason: ExitReason { ExitReason(rawValue: load(ckvm_exit_reason)) }

    /// The last exit, decoded.
    public var exit: Exit {
        switch Int32(bitPattern: reason.rawValue) {
        case KVM_EXIT_UNKNOWN: return .unknown(hardwareReason: load(ckvm_payload))
        case KVM_EXIT_IO:
            let direction: UInt8 = load(ckvm_io_direction)
            let size: UInt8 = load(ckvm_io_size)
            return .portIO(
                isWrite: direction != 0, size: Int(size), port: load(ckvm_io_port), count: load(ckvm_io_count))
        case KVM_EXIT_DEBUG: return .debug
        case KVM_EXIT_HLT: return .halted
        case KVM_EXIT_MMIO: return .mmio(mmio)
        case KVM_EXIT_SHUTDOWN: return .shutdown
        case KVM_EXIT_FAIL_ENTRY:
            return .failEntry(hardwareReason: load(ckvm_fail_entry_reason), cpu: load(ckvm_fail_entry_cpu))
        case KVM_EXIT_INTR: return .interrupted
        case KVM_EXIT_INTERNAL_ERROR:
            return .internalError(
                suberror: load(ckvm_internal_suberror), data: list(count: ckvm_internal_count, ckvm_internal_data))
        case KVM_EXIT_SYSTEM_EVENT:
            return .systemEvent(
                type: load(ckvm_system_event_type), data: list(count: ckvm_system_event_count, ckvm_system_event_data))
        case KVM_EXIT_RISCV_SBI:
            return .riscvSBI(
                SBICall(
                    extension: load(ckvm_sbi_extension), function: load(ckvm_sbi_function),
                    arguments: load(words: 6, ckvm_sbi_arguments)))
        case KVM_EXIT_RISCV_CSR:
            return .riscvCSR(
                CSRRequest(
                    number: load(ckvm_csr_number), newValue: load(ckvm_csr_new_value),
                    writeMask: load(ckvm_csr_write_mask)))
        case KVM_EXIT_NOTIFY: return .notify(flags: load(ckvm_notify_flags))
        case 39:  // KVM_EXIT_MEMORY_FAULT is younger than some headers.
            return .memoryFault(
                flags: load(ckvm_memory_fault_flags),
                address: GuestPhysicalAddress(load(ckvm_memory_fault_address)), byteCount: load(ckvm_memory_fault_size))
        default: return .other(reason)
        }
    }

    private var mmio: MMIO {
        let length: UInt32 = load(ckvm_mmio_length)
        let isWrite: UInt8 = load(ckvm_mmio_is_write)
        let byteCount = min(Int(length), 8)
        let data: UInt64 = load(ckvm_mmio_data)
        let mask = byteCount == 8 ? UInt64.max : (1 << UInt64(8 * byteCount)) &- 1
        return MMIO(
            address: GuestPhysicalAddress(load(ckvm_mmio_address)), byteCount: byteCount, isWrite: isWrite != 0,
            value: isWrite != 0 ? UInt64(littleEndian: data) & mask : 0)
    }

    /// The words at `data`, as many as the field at `count` says: the kernel's arrays have room for sixteen.
    private func list(count: Int, _ data: Int) -> [UInt64] {
        let count: UInt32 = load(count)
        return load(words: min(Int(count), 16), data)
    }
}
