import CKVM
import Guest
import Host
import Target

/// The guest's RAM: host memory that costs nothing until it is touched, zero at first.
public final class GuestRAM {
    /// Where RAM begins, as on QEMU's machine `virt`.
    public static let start = GuestPhysicalAddress(0x8000_0000)
    /// The size is a multiple of this many bytes.
    public static let pageSize: UInt64 = 4096
    /// 1 TiB; what the host's KVM takes may be less.
    static let largest: UInt64 = 1 << 40

    /// The guest-physical range.
    public let region: MemoryRegion
    private let buffer: UnsafeMutableRawBufferPointer

    /// Maps `byteCount` bytes of RAM from `start` on: a multiple of the page size, at most 1 TiB. Throws `.memorySize` and
    /// `.memoryMapping`.
    public init(start: GuestPhysicalAddress = GuestRAM.start, byteCount: UInt64) throws(MachineError) {
        try Self.check(byteCount: byteCount)
        var address: UnsafeMutableRawPointer?
        if let errno = Errno(result: ckvm_map_memory(Int(byteCount), &address)) {
            throw .memoryMapping(byteCount, errno)
        }
        region = MemoryRegion(start: start, byteCount: byteCount)
        // SAFETY: the mapping is `byteCount` bytes long and stays until `deinit`.
        buffer = UnsafeMutableRawBufferPointer(start: address, count: Int(byteCount))
    }

    /// Whether a guest can have `byteCount` bytes of RAM: a multiple of the page size, at most 1 TiB. Throws `.memorySize`.
    public static func check(byteCount: UInt64) throws(MachineError) {
        guard byteCount > 0, byteCount <= largest, byteCount % pageSize == 0 else {
            throw .memorySize(byteCount, largest: largest)
        }
    }

    deinit {
        // SAFETY: the mapping of `init`; the machine takes the slot away by closing the VM.
        if let address = buffer.baseAddress { _ = ckvm_unmap(address, buffer.count) }
    }

    /// The host memory behind the first byte.
    var host: UnsafeRawPointer? { UnsafeRawPointer(buffer.baseAddress) }

    /// Fills `bytes` from `address` on, all or nothing. Throws `.outsideRAM`.
    public func read(
        at address: GuestPhysicalAddress, into bytes: UnsafeMutableRawBufferPointer
    ) throws(MachineError) {
        let range = try range(address, count: bytes.count, verb: "read")
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[range]))
    }

    /// The `count` bytes from `address` on where they lie, good as long as this object lives. Throws `.outsideRAM`.
    func bytes(at address: GuestPhysicalAddress, count: Int) throws(MachineError) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[try range(address, count: count, verb: "read")])
    }

    /// Writes `bytes` from `address` on, all or nothing. Throws `.outsideRAM`.
    public func write(_ bytes: UnsafeRawBufferPointer, at address: GuestPhysicalAddress) throws(MachineError) {
        let range = try range(address, count: bytes.count, verb: "write")
        UnsafeMutableRawBufferPointer(rebasing: buffer[range]).copyMemory(from: bytes)
    }

    private func range(
        _ address: GuestPhysicalAddress, count: Int, verb: String
    ) throws(MachineError) -> Range<Int> {
        guard region.contains(address, count: UInt64(count)) else {
            throw .outsideRAM(verb, address, count: count, ram: region)
        }
        let offset = Int(address - region.start)
        return offset..<offset + count
    }
}
