import Guest
import Host

/// Something that a debugger wants of KVM, and what this host says to it.
public struct Facility: Equatable, Sendable {
    /// What it is, in a few words.
    public var name: String
    /// The capability that was asked for; nil when there is none to ask for.
    public var capability: Capability?
    /// What the host answered; nil when it was not asked, or cannot be.
    public var value: Int32?
    /// What that means for debugging.
    public var meaning: String

    /// Whether the host has it.
    public var isAvailable: Bool { (value ?? 0) > 0 }
}

/// What `info kvm` tells about this host.
public struct KVMFacts: Sendable {
    /// The host's kernel.
    public var kernel: Kernel
    /// What `KVM_GET_API_VERSION` answers.
    public var apiVersion: Int32
    /// Whether KVM runs RISC-V guests here; if not, only the facts can be had.
    public var runsRISCVGuests: Bool
    /// What a debugger wants, the important things first.
    public var facilities: [Facility]
}

extension KVMSystem {
    /// What there is to tell about this host; where it runs RISC-V guests a VM is made for the length of the call. Throws
    /// `.ioctl`.
    public func facts() throws(KVMError) -> KVMFacts {
        var facilities: [Facility] = []
        for question in Self.questions {
            let value = try check(question.capability)
            facilities.append(
                Facility(
                    name: question.name, capability: question.capability, value: value,
                    meaning: value > 0 ? question.present : question.absent))
        }
        facilities.insert(registerListFacility(), at: min(3, facilities.count))
        return KVMFacts(
            kernel: Kernel.current, apiVersion: try apiVersion(), runsRISCVGuests: Self.runsRISCVGuests,
            facilities: facilities + Self.absentOnRISCV)
    }

    /// `KVM_GET_REG_LIST` has no capability of its own on RISC-V: it is tried.
    private func registerListFacility() -> Facility {
        var facility = Facility(name: "register list", meaning: "")
        do throws(KVMError) {
            let count = try VirtualMachine(self).makeVirtualCPU(0).registerList().count
            facility.value = Int32(clamping: count)
            facility.meaning = "KVM_GET_REG_LIST names the \(count) registers of a vCPU."
        } catch {
            facility.meaning = "Which registers a vCPU has cannot be listed. " + error.message
        }
        return facility
    }

    private struct Question {
        var name: String
        var capability: Capability
        var present: String
        var absent: String
    }

    private static var questions: [Question] {
        [
            Question(
                name: "guest debug", capability: .setGuestDebug,
                present: "The guest's ebreak can be taken by the debugger: breakpoints work.",
                absent: "Breakpoints cannot work; on RISC-V Linux 6.10 and later have it."),
            Question(
                name: "guest debug bits", capability: .setGuestDebug2,
                present: "The kernel says which control bits of guest debug it honours.",
                absent: "The kernel does not say which control bits it honours; on RISC-V only ENABLE has an effect."),
            Question(
                name: "registers", capability: .oneRegister,
                present: "Every register is read and written by KVM_GET_ONE_REG and KVM_SET_ONE_REG.",
                absent: "Registers cannot be read or written."),
            Question(
                name: "start and stop of vCPUs", capability: .mpState,
                present: "KVM_GET_MP_STATE tells which vCPUs run.", absent: "Which vCPUs run cannot be told."),
            Question(
                name: "immediate exit", capability: .immediateExit,
                present: "A pending exit can be completed without running, and no Ctrl-C is lost.",
                absent: "A Ctrl-C just before the guest runs may be lost."),
            Question(
                name: "RAM", capability: .userMemory, present: "Host memory becomes guest RAM by slots.",
                absent: "A guest can have no RAM."),
            Question(
                name: "read-only memory", capability: .readOnlyMemory,
                present: "Stores to a page can be caught while the guest runs at full speed.",
                absent: "Stores to a page can be caught only by stepping."),
            Question(
                name: "memory slots", capability: .memorySlots,
                present: "The largest number of slots; a guest's RAM takes one.", absent: "The kernel does not tell."),
            Question(
                name: "recommended vCPUs", capability: .vCPUs, present: "As many vCPUs have harts of their own.",
                absent: "The kernel does not tell."),
            Question(
                name: "largest number of vCPUs", capability: .maximumVCPUs, present: "A VM takes no more.",
                absent: "The kernel does not tell."),
            Question(
                name: "width of physical addresses", capability: .gpaBits,
                present: "The bits of a guest-physical address: RAM must lie below that.",
                absent: "The kernel does not tell."),
            Question(
                name: "registers in the run page", capability: .syncRegisters,
                present: "Registers come with each exit.", absent: "Each register costs a system call."),
            Question(
                name: "ring of dirty pages", capability: .dirtyRing, present: "Pages that the guest wrote are listed.",
                absent: "Which pages the guest wrote is not listed in a ring."),
            Question(
                name: "binary statistics", capability: .binaryStatistics,
                present: "KVM_GET_STATS_FD counts exits and halts.", absent: "KVM keeps no statistics that can be read."
            ),
            Question(
                name: "in-kernel interrupt controller", capability: .interruptController,
                present: "The kernel models an interrupt controller (RISC-V: the AIA).",
                absent: "An interrupt controller must be modelled outside the kernel."),
        ]
    }

    /// What KVM lacks on RISC-V in every kernel, and what stands in for it.
    private static let absentOnRISCV = [
        Facility(
            name: "single-step",
            meaning:
                "Not on RISC-V: the bit is accepted and ignored. kvmdbg decodes the next pc and plants an ebreak there."
        ),
        Facility(
            name: "hardware breakpoints",
            meaning: "Not on RISC-V: kvmdbg plants an ebreak in the guest's memory."),
        Facility(
            name: "hardware watchpoints",
            meaning: "Not on RISC-V: read-only memory takes their place."),
        Facility(
            name: "injection of exceptions",
            meaning: "Not on RISC-V: the registers are set as the hardware would on taking the trap."),
        Facility(
            name: "address translation",
            meaning: "KVM_TRANSLATE is not on RISC-V: the guest's page tables are walked."),
    ]
}
