/// The privilege mode of a vCPU, as KVM's `mode` register has it (`KVM_RISCV_MODE_S`, `KVM_RISCV_MODE_U`).
public enum PrivilegeMode: UInt64, Sendable {
    /// U-mode (VU).
    case user = 0
    /// S-mode (VS).
    case supervisor = 1

    /// The letter of the mode: `U` or `S`.
    public var name: String { self == .user ? "U" : "S" }
}
