import CKVM
import Guest
import Host

/// A VM: an address space and the vCPUs that share it.
public final class VirtualMachine {
    /// The KVM it was made by.
    public let system: KVMSystem
    /// The memory slots that the VM has, lowest number first: the one list of them. `setMemory` keeps it.
    public private(set) var slots: [MemorySlot] = []
    let file: FileDescriptor

    /// A VM without memory and without vCPUs.
    ///
    /// The corresponding ioctl is `KVM_CREATE_VM`. Always available. Throws `.foreignGuests` where KVM runs guests of
    /// another architecture, and `.ioctl`.
    public init(_ system: KVMSystem) throws(KVMError) {
        guard KVMSystem.runsRISCVGuests else { throw .foreignGuests(machine: Kernel.current.machine) }
        file = FileDescriptor(try checked(ckvm_create_vm(system.file.number), "KVM_CREATE_VM"))
        self.system = system
    }

    /// What this VM answers for `capability`; see `KVMSystem.check`.
    ///
    /// The corresponding ioctl is `KVM_CHECK_EXTENSION`. Available with `KVM_CAP_CHECK_EXTENSION_VM`, on RISC-V always.
    /// Throws `.ioctl`.
    public func check(_ capability: Capability) throws(KVMError) -> Int32 {
        try checked(ckvm_check_extension(file.number, Int(capability.number)), "KVM_CHECK_EXTENSION")
    }

    /// Lays `slot` into the guest-physical address space; one with `byteCount` 0 is taken away. `slots` tells afterwards.
    ///
    /// The kernel moves a slot, or changes its flags other than dirty logging, only after it was taken away.
    ///
    /// The corresponding ioctl is `KVM_SET_USER_MEMORY_REGION`. Available with `KVM_CAP_USER_MEMORY`. The host memory
    /// must stay mapped as long as the slot is there. Throws `.ioctl`.
    public func setMemory(_ slot: MemorySlot) throws(KVMError) {
        let result = ckvm_set_user_memory_region(
            file.number, slot.number, slot.flags, slot.start.value, slot.byteCount, slot.host)
        _ = try checked(result, "KVM_SET_USER_MEMORY_REGION")
        slots.record(slot)
    }

    /// Makes the vCPU with the number `id`, which is its hart id.
    ///
    /// The corresponding ioctl is `KVM_CREATE_VCPU`. Always available. Throws `.ioctl` and `.runPage`.
    public func makeVirtualCPU(_ id: UInt32) throws(KVMError) -> VirtualCPU {
        let descriptor = try checked(ckvm_create_vcpu(file.number, UInt(id)), "KVM_CREATE_VCPU")
        return try VirtualCPU(id: id, FileDescriptor(descriptor), machine: self)
    }
}

/// A range of guest-physical memory and the host memory behind it (`struct kvm_userspace_memory_region`).
public struct MemorySlot {
    /// The slot's number; the same number replaces the slot.
    public var number: UInt32
    /// The first guest-physical address, a multiple of the page size.
    public var start: GuestPhysicalAddress
    /// The length in bytes, a multiple of the page size; 0 takes the slot away.
    public var byteCount: UInt64
    /// Whether the guest's stores exit as MMIO instead of changing the memory. Available with `KVM_CAP_READONLY_MEM`.
    public var isReadOnly: Bool
    /// The host memory, page-aligned.
    public var host: UnsafeRawPointer?

    /// The slot `number`: `byteCount` bytes from `start` on, backed by `host`.
    public init(
        number: UInt32, start: GuestPhysicalAddress, byteCount: UInt64, isReadOnly: Bool = false,
        host: UnsafeRawPointer?
    ) {
        self.number = number
        self.start = start
        self.byteCount = byteCount
        self.isReadOnly = isReadOnly
        self.host = host
    }

    /// The first guest-physical address behind the slot.
    public var end: GuestPhysicalAddress { start + byteCount }

    var flags: UInt32 { isReadOnly ? 1 << 1 : 0 }  // KVM_MEM_READONLY
}

extension [MemorySlot] {
    /// What the list, lowest number first, is after the kernel took `slot`: in O(log n), but for the moving of elements.
    mutating func record(_ slot: MemorySlot) {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].number < slot.number { low = middle + 1 } else { high = middle }
        }
        let exists = low < count && self[low].number == slot.number
        switch (exists, slot.byteCount > 0) {
        case (true, true): self[low] = slot
        case (true, false): remove(at: low)
        case (false, true): insert(slot, at: low)
        case (false, false): break
        }
    }
}
