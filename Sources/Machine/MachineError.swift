import Guest
import Host
import KVM
import Target

/// Why the machine could not be made, loaded or looked at.
public enum MachineError: Error {
    /// KVM refuses.
    case kvm(KVMError)
    /// The program does not fit.
    case load(LoadError)
    /// The guest cannot have so many bytes of RAM; the largest number it can.
    case memorySize(UInt64, largest: UInt64)
    /// The guest cannot have so many vCPUs; the largest number it can.
    case vcpuCount(Int, largest: Int)
    /// The host does not give so many bytes of address space.
    case memoryMapping(UInt64, Errno)
    /// The verb, and the guest-physical range that is not all in RAM.
    case outsideRAM(String, GuestPhysicalAddress, count: Int, ram: MemoryRegion)
}

extension MachineError {
    /// The sentence to show.
    public var message: String {
        switch self {
        case .kvm(let error): return error.message
        case .load(let error): return error.message
        case .memorySize(let size, let largest):
            return
                "A guest cannot have \(size) bytes of RAM: the size (--memory) is a multiple of \(GuestRAM.pageSize) "
                + "bytes from \(GuestRAM.pageSize) to \(largest)."
        case .vcpuCount(let count, let largest):
            return "A guest cannot have \(count) vCPUs on this host: the number (--smp) is from 1 to \(largest)."
        case .memoryMapping(let size, let errno):
            return "The host does not give \(size) bytes of address space for the guest's RAM: \(errno.description). "
                + "Ask for less with --memory, or raise `ulimit -v`."
        case .outsideRAM(let verb, let address, let count, let ram):
            return "Cannot \(verb) \(count) bytes at GPA \(address.description): the guest's RAM is \(rangeText(ram))."
        }
    }
}
