/// Something that a host's KVM may have (`KVM_CAP_…`).
public struct Capability: Hashable, Sendable {
    /// The header's name without `KVM_CAP_`: "ONE_REG".
    public let name: String
    /// The number that `KVM_CHECK_EXTENSION` takes.
    public let number: Int32

    init(_ name: String, _ number: Int32) {
        self.name = name
        self.number = number
    }

    /// The header's name, "KVM_CAP_ONE_REG".
    public var description: String { "KVM_CAP_" + name }

    /// The first kernel whose KVM has it on RISC-V; nil when that is not known here or none has.
    public var riscvSince: String? {
        switch self {
        case .userMemory, .destroyMemoryRegionWorks, .vCPUs, .memorySlots, .mpState, .oneRegister, .readOnlyMemory,
            .maximumVCPUs, .immediateExit, .gpaBits, .binaryStatistics:
            return "5.16"
        case .setGuestDebug: return "6.10"
        default: return nil
        }
    }

    /// RAM slots of host memory.
    public static let userMemory = Capability("USER_MEMORY", 3)
    /// The recommended number of vCPUs.
    public static let vCPUs = Capability("NR_VCPUS", 9)
    /// The number of memory slots.
    public static let memorySlots = Capability("NR_MEMSLOTS", 10)
    /// `KVM_GET_MP_STATE` and `KVM_SET_MP_STATE`.
    public static let mpState = Capability("MP_STATE", 14)
    /// A slot can be taken away.
    public static let destroyMemoryRegionWorks = Capability("DESTROY_MEMORY_REGION_WORKS", 21)
    /// `KVM_SET_GUEST_DEBUG`.
    public static let setGuestDebug = Capability("SET_GUEST_DEBUG", 23)
    /// The in-kernel interrupt controller; on RISC-V the AIA.
    public static let interruptController = Capability("IRQCHIP", 0)
    /// The largest number of vCPUs.
    public static let maximumVCPUs = Capability("MAX_VCPUS", 66)
    /// `KVM_GET_ONE_REG` and `KVM_SET_ONE_REG`.
    public static let oneRegister = Capability("ONE_REG", 70)
    /// Registers in the run page.
    public static let syncRegisters = Capability("SYNC_REGS", 74)
    /// Slots whose stores exit as MMIO.
    public static let readOnlyMemory = Capability("READONLY_MEM", 81)
    /// `immediate_exit` in the run page.
    public static let immediateExit = Capability("IMMEDIATE_EXIT", 136)
    /// The width of guest-physical addresses in bits.
    public static let gpaBits = Capability("VM_GPA_BITS", 207)
    /// A ring of dirty pages.
    public static let dirtyRing = Capability("DIRTY_LOG_RING", 192)
    /// Which control bits of guest debug have an effect.
    public static let setGuestDebug2 = Capability("SET_GUEST_DEBUG2", 195)
    /// `KVM_GET_STATS_FD`.
    public static let binaryStatistics = Capability("BINARY_STATS_FD", 203)

    /// Every capability of the kernel's header, in the order of the numbers.
    public static var all: [Capability] { capabilityTable.map { Capability($0.name, $0.number) } }

    /// The capability with the header's name `name`, upper or lower case, with or without `KVM_CAP_`; nil when the header
    /// has none such.
    public static func named(_ name: String) -> Capability? {
        var wanted = name.uppercased()
        if wanted.utf8.starts(with: "KVM_CAP_".utf8) { wanted = String(wanted.dropFirst(8)) }
        for entry in capabilityTable where entry.name == wanted { return Capability(entry.name, entry.number) }
        return nil
    }
}
