/// The groups in which registers are listed; they follow the kernel's division of the ONE_REG ids.
public enum RegisterGroup: Equatable, Sendable, CaseIterable {
    /// x0–x31, pc and the privilege mode.
    case core
    /// The supervisor's CSRs.
    case csr
    /// The CSRs of the Advanced Interrupt Architecture (Ssaia).
    case aia
    /// The CSR of Smstateen.
    case smstateen
    /// The vCPU's timer.
    case timer
    /// The floating-point registers of the F and the D extension.
    case fp
    /// The registers of the V extension.
    case vector
    /// Which ISA extensions the vCPU has.
    case isa
    /// Which SBI extensions the vCPU has, and their state.
    case sbi
    /// What identifies and sizes the vCPU.
    case config
    /// What this program has no name for.
    case other

    /// The name by which a user asks for the group.
    public var name: String {
        switch self {
        case .core: "core"
        case .csr: "csr"
        case .aia: "aia"
        case .smstateen: "smstateen"
        case .timer: "timer"
        case .fp: "fp"
        case .vector: "vector"
        case .isa: "isa"
        case .sbi: "sbi"
        case .config: "config"
        case .other: "other"
        }
    }
}
