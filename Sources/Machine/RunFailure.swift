import CKVM
import Guest
import Host
import RISCV
import Target

/// A `KVM_RUN` that failed, and not for a signal: what it means for the guest.
struct RunFailure {
    var errno: Errno
    /// Where the guest is.
    var pc: GuestVirtualAddress
    /// Whether satp has paging on, so that pc is no physical address.
    var isPaging: Bool
    var ram: MemoryRegion

    /// pc cannot be fetched: there is no RAM.
    var isPCOutsideRAM: Bool { !isPaging && !ram.contains(GuestPhysicalAddress(pc.value)) }

    var sentence: String {
        let failed = "KVM_RUN failed: \(errno.description)."
        if isPCOutsideRAM {
            return "The pc \(pc.description) is not backed by memory: the guest's RAM is \(rangeText(ram)). \(failed)"
        }
        switch errno.number {
        case EOPNOTSUPP:
            return
                "At pc \(pc.description) the guest accessed memory that is not RAM with an instruction that the kernel "
                + "cannot decode (AMO, LR/SC, floating point, vector)\(orFetch). \(failed)"
        case EIO:
            // KVM carries out no access to what is not RAM that is not aligned to its own length (arch/riscv/kvm/vcpu_insn.c).
            return
                "At pc \(pc.description) the guest accessed memory that is not RAM at an address that is no multiple of the access's "
                + "length, which KVM does not carry out. \(failed)"
        case EFAULT:
            return "At pc \(pc.description) the guest made an access that KVM cannot serve\(orFetch). \(failed)"
        default:
            return
                "The guest cannot run on at pc \(pc.description). \(failed) `dmesg` on the host may say more."
        }
    }

    private var orFetch: String { isPaging ? ", or the pc's own page is not backed by memory" : "" }

    /// How it got there, when that was by a trap: most often one that it was not prepared for.
    func trapSentence(stvec: UInt64, scause: UInt64, sepc: GuestVirtualAddress) -> String {
        let vector = TrapVector(stvec: stvec).target(for: Cause(scause: scause))
        guard isPCOutsideRAM, pc == vector else { return "" }
        return " A trap led there (stvec \(hex(stvec)), scause \(hex(scause)), sepc \(sepc.description))."
    }
}
