import Host

/// The ioctls of KVM that this program issues.
public enum IOCtl: Int, CaseIterable, Sendable {
    case run, getOneReg, setOneReg, getRegList, setUserMemoryRegion, getMPState, setMPState, setGuestDebug, interrupt
    case createVM, createVCPU, checkExtension, getAPIVersion, getVCPUMmapSize, getStatsFD

    /// The header's name, "KVM_RUN".
    public var name: String {
        switch self {
        case .run: return "KVM_RUN"
        case .getOneReg: return "KVM_GET_ONE_REG"
        case .setOneReg: return "KVM_SET_ONE_REG"
        case .getRegList: return "KVM_GET_REG_LIST"
        case .setUserMemoryRegion: return "KVM_SET_USER_MEMORY_REGION"
        case .getMPState: return "KVM_GET_MP_STATE"
        case .setMPState: return "KVM_SET_MP_STATE"
        case .setGuestDebug: return "KVM_SET_GUEST_DEBUG"
        case .interrupt: return "KVM_INTERRUPT"
        case .createVM: return "KVM_CREATE_VM"
        case .createVCPU: return "KVM_CREATE_VCPU"
        case .checkExtension: return "KVM_CHECK_EXTENSION"
        case .getAPIVersion: return "KVM_GET_API_VERSION"
        case .getVCPUMmapSize: return "KVM_GET_VCPU_MMAP_SIZE"
        case .getStatsFD: return "KVM_GET_STATS_FD"
        }
    }
}

/// How often each ioctl was issued through one opening of `/dev/kvm`: what makes a cost visible that is easily overlooked.
public final class IOCtlCounts {
    private var counts = [UInt64](repeating: 0, count: IOCtl.allCases.count)

    init() {}

    /// How often `ioctl` was issued, whether it succeeded or not.
    public subscript(ioctl: IOCtl) -> UInt64 { counts[ioctl.rawValue] }

    /// Counts `ioctl`, whose shim returned `result`; the same result. Every ioctl's result passes through here.
    func counted(_ ioctl: IOCtl, _ result: Int32) -> Int32 {
        counts[ioctl.rawValue] &+= 1
        return result
    }

    /// Counts `ioctl` so many times more.
    func count(_ ioctl: IOCtl, times: UInt64) { counts[ioctl.rawValue] &+= times }

    /// As `counted`, for a result that is an error when it is negative. Throws `.ioctl`.
    func checked(_ ioctl: IOCtl, _ result: Int32) throws(KVMError) -> Int32 {
        if let errno = Errno(result: counted(ioctl, result)) { throw .ioctl(ioctl.name, errno) }
        return result
    }
}
