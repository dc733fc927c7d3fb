import CKVM
import Host

/// `/dev/kvm`: what this host's KVM is and can do.
public final class KVMSystem {
    /// The one version of the API that is in use (`Documentation/virt/kvm/api.rst`, section 4.1).
    public static let expectedAPIVersion: Int32 = 12

    /// Whether the KVM of the host that this program was built for runs RISC-V guests.
    public static var runsRISCVGuests: Bool {
        #if arch(riscv64)
            return true
        #else
            return false
        #endif
    }

    /// How often each ioctl was issued on this opening and on the VMs and vCPUs that were made by it.
    public let counts = IOCtlCounts()
    let file: FileDescriptor

    /// Opens `/dev/kvm` and checks the API version. Throws `.open`, `.ioctl` and `.apiVersion`.
    public init() throws(KVMError) {
        let descriptor = ckvm_open()
        if let errno = Errno(result: descriptor) { throw .open(errno) }
        file = FileDescriptor(descriptor)
        let version = try apiVersion()
        if version != Self.expectedAPIVersion { throw .apiVersion(version) }
    }

    /// The version of the API.
    ///
    /// The corresponding ioctl is `KVM_GET_API_VERSION`. Always available. Throws `.ioctl`.
    public func apiVersion() throws(KVMError) -> Int32 {
        try counts.checked(.getAPIVersion, ckvm_get_api_version(file.number))
    }

    /// What the host answers for `capability`: 0 when it has not got it, else 1 or a number that the capability defines.
    ///
    /// The corresponding ioctl is `KVM_CHECK_EXTENSION`. Always available. Throws `.ioctl`.
    public func check(_ capability: Capability) throws(KVMError) -> Int32 {
        try counts.checked(.checkExtension, ckvm_check_extension(file.number, Int(capability.number)))
    }

    /// Throws `.missing` when the host has not got `capability`, and `.ioctl`.
    public func require(_ capability: Capability) throws(KVMError) {
        if try check(capability) == 0 { throw .missing(capability) }
    }

    /// The size of a vCPU's run page in bytes.
    ///
    /// The corresponding ioctl is `KVM_GET_VCPU_MMAP_SIZE`. Always available. Throws `.ioctl`.
    public func runPageSize() throws(KVMError) -> Int {
        Int(try counts.checked(.getVCPUMmapSize, ckvm_get_vcpu_mmap_size(file.number)))
    }
}
