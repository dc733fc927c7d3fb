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

    /// The host memory behind `address`; nil outside the RAM.
    func host(at address: GuestPhysicalAddress) -> UnsafeMutableRawPointer? {
        guard region.contains(address) else { return nil }
        // SAFETY: the offset is within the mapping.
        return buffer.baseAddress?.advanced(by: Int(address - region.start))
    }

    /// The `count` bytes, at most 8, from `address` on as a number; nil unless they all are RAM.
    func word(at address: GuestPhysicalAddress, count: Int) -> UInt64? {
        guard (1...8).contains(count), region.contains(address, count: UInt64(count)) else { return nil }
        let offset = Int(address - region.start)
        // SAFETY: the bytes are in the buffer; loadUnaligned checks again.
        switch count {
        case 1: return UInt64(buffer[offset])
        case 2: return UInt64(UInt16(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
        case 4: return UInt64(UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        case 8: return UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        default: return Guest.littleEndian(buffer[offset..<offset + count])
        }
    }

    /// Writes the low `count` bytes, at most 8, of `value`; whether they all are RAM.
    func setWord(_ value: UInt64, at address: GuestPhysicalAddress, count: Int) -> Bool {
        guard (1...8).contains(count), region.contains(address, count: UInt64(count)) else { return false }
        let offset = Int(address - region.start)
        // SAFETY: as in `word`.
        switch count {
        case 1: buffer[offset] = UInt8(truncatingIfNeeded: value)
        case 2:
            buffer.storeBytes(of: UInt16(truncatingIfNeeded: value).littleEndian, toByteOffset: offset, as: UInt16.self)
        case 4:
            buffer.storeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian, toByteOffset: offset, as: UInt32.self)
        case 8: buffer.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
        default:
            for index in 0..<count { buffer[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
        }
        return true
    }

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
