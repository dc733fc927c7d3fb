import CKVM

/// The number of an exit (`KVM_EXIT_…`).
public struct ExitReason: Hashable, Sendable {
    /// The number as the kernel gives it.
    public var rawValue: UInt32

    /// The exit with the kernel's number `rawValue`.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The header's name, "KVM_EXIT_MMIO"; "exit 99" for a number that has none here.
    public var description: String {
        Int(rawValue) < Self.names.count ? "KVM_EXIT_" + Self.names[Int(rawValue)] : "exit \(rawValue)"
    }

    /// Without `KVM_EXIT_`; the number is the index.
    static let names = [
        "UNKNOWN", "EXCEPTION", "IO", "HYPERCALL", "DEBUG", "HLT", "MMIO", "IRQ_WINDOW_OPEN", "SHUTDOWN", "FAIL_ENTRY",
        "INTR", "SET_TPR", "TPR_ACCESS", "S390_SIEIC", "S390_RESET", "DCR", "NMI", "INTERNAL_ERROR", "OSI",
        "PAPR_HCALL",
        "S390_UCONTROL", "WATCHDOG", "S390_TSCH", "EPR", "SYSTEM_EVENT", "S390_STSI", "IOAPIC_EOI", "HYPERV",
        "ARM_NISV",
        "X86_RDMSR", "X86_WRMSR", "DIRTY_RING_FULL", "AP_RESET_HOLD", "X86_BUS_LOCK", "XEN", "RISCV_SBI", "RISCV_CSR",
        "NOTIFY", "LOONGARCH_IOCSR", "MEMORY_FAULT", "TDX", "ARM_SEA", "SNP_REQ_CERTS",
    ]
}
