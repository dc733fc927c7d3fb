import CKVM
import Guest
import Host

/// Why KVM did not do what was asked.
public enum KVMError: Error, Equatable {
    /// `/dev/kvm` cannot be opened.
    case open(Errno)
    /// `/dev/kvm` speaks another version of the API than the one that there ever was.
    case apiVersion(Int32)
    /// This host's KVM runs guests of the architecture `machine`, not RISC-V.
    case foreignGuests(machine: String)
    /// The host's KVM has not got the capability.
    case missing(Capability)
    /// The ioctl with this name failed.
    case ioctl(String, Errno)
    /// The run page of a vCPU cannot be mapped.
    case runPage(Errno)
    /// The ioctl with this name failed on the register.
    case register(String, RegisterID, Errno)
    /// A value of so many bytes was given for the register.
    case registerSize(RegisterID, Int)
    /// `KVM_RUN` failed, and not because of a signal.
    case run(Errno)
    /// There is no thread for a vCPU.
    case threads(Errno)
    /// What the kernel says of its statistics makes no sense.
    case statistics(StatisticsError)
}

extension KVMError {
    /// How to get a RISC-V host with KVM on any machine.
    public static let wayToTheLab =
        "On any machine, `lab/run -- kvmdbg ...` from kvmdbg's source tree boots a RISC-V host with KVM."

    /// The sentence to show.
    public var message: String {
        switch self {
        case .open(let errno):
            return "Cannot open /dev/kvm: \(errno.description). \(Self.remedyForOpen(errno))"
        case .apiVersion(let version):
            return "KVM_GET_API_VERSION on /dev/kvm answers \(version), but KVM's API has had version "
                + "\(KVMSystem.expectedAPIVersion) since Linux 2.6.22: kvmdbg cannot use this kernel's KVM."
        case .foreignGuests(let machine):
            return "This host's KVM runs \(machine) guests, and kvmdbg debugs RISC-V guests. \(Self.wayToTheLab)"
        case .missing(let capability):
            return "The host's KVM has not got \(capability.description) (KVM_CHECK_EXTENSION answers 0). "
                + Self.remedyForMissing(capability)
        case .ioctl(let name, let errno):
            return "\(name) failed: \(errno.description). \(Self.remedyForIOCtl(name, errno))"
        case .threads(let errno):
            return
                "The host gives no thread for a vCPU: \(errno.description). Ask for fewer with --smp, or raise `ulimit -u`."
        case .runPage(let errno):
            return "Cannot map the vCPU's run page: \(errno.description). The host may be out of memory."
        case .register(let name, let id, let errno):
            return "\(name) failed on the register \(id.description): \(errno.description). "
                + Self.remedyForRegister(name, errno)
        case .registerSize(let id, let count):
            return
                "The register \(id.description) is \(id.byteCount) bytes long, not \(count): "
                + "give a value of the register's length."
        case .run(let errno):
            return "KVM_RUN failed: \(errno.description). The host's kernel log (`dmesg`) may say more."
        case .statistics(let error): return error.message
        }
    }

    private static func remedyForOpen(_ errno: Errno) -> String {
        switch errno {
        case .noEntry, Errno(ENODEV), Errno(ENXIO):  // The last two: the node is there, the driver is not.
            return
                "This host offers no KVM. On a RISC-V host `modprobe kvm` loads the module; the kernel needs "
                + "CONFIG_KVM and the harts the H extension. " + wayToTheLab
        case .permissionDenied, Errno(EPERM):
            return "It belongs to the group `kvm`: `sudo usermod -aG kvm $USER`, then log in again."
        default:
            return "`ls -l /dev/kvm` and `dmesg` may say more."
        }
    }

    private static func remedyForMissing(_ capability: Capability) -> String {
        guard let release = capability.riscvSince else { return "No kernel is known to have it on RISC-V." }
        return "On RISC-V Linux \(release) and later have it; this host runs \(Kernel.current.release)."
    }

    private static func remedyForIOCtl(_ name: String, _ errno: Errno) -> String {
        switch errno.number {
        case ENOTTY:
            return "This kernel does not know the ioctl: a newer one is needed, or /dev/kvm is not KVM's."
        case ENOMEM: return "The host is out of memory."
        case EMFILE, ENFILE: return "Too many files are open: `ulimit -n` says how many may be."
        case EEXIST: return "There is one already, or it overlaps another."
        case EBUSY: return "Another hypervisor may hold the hardware."
        default: return "`info kvm` shows what this host's KVM can do; its kernel log (`dmesg`) may say more."
        }
    }

    private static func remedyForRegister(_ name: String, _ errno: Errno) -> String {
        let isWrite = name == "KVM_SET_ONE_REG"
        switch errno.number {
        case ENOENT: return "This vCPU has no such register; KVM_GET_REG_LIST names those that it has."
        case EBUSY:
            return "It can be set only before the vCPU's first run: start the guest afresh and set it first."
        case EINVAL where isWrite:
            return "The register does not take this value, or the id names none."
        case EINVAL: return "The id names no register of this vCPU."
        case EOPNOTSUPP where isWrite:
            return "The host cannot change this register."
        default: return "KVM_GET_REG_LIST names the registers that this vCPU has."
        }
    }
}
