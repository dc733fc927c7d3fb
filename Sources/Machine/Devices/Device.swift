import Guest
import Target

/// Something that answers at guest-physical addresses where there is no RAM.
protocol Device: AnyObject {
    /// The addresses that it answers.
    var region: MemoryRegion { get }

    /// What a load of `byteCount` bytes (1 to 8) at `offset` bytes behind the start of the region gets.
    func load(at offset: UInt64, byteCount: Int) -> UInt64

    /// Takes the low `byteCount` bytes of `value`, stored at `offset`; what is to be told, if anything.
    func store(_ value: UInt64, at offset: UInt64, byteCount: Int) -> TargetEvent?
}

/// The devices of a machine, by address.
struct DeviceBus {
    var devices: [any Device] = []

    /// The device that answers all of the access, and how far behind its start that begins.
    func device(at address: GuestPhysicalAddress, byteCount: Int) -> (device: any Device, offset: UInt64)? {
        for device in devices where device.region.contains(address, count: UInt64(byteCount)) {
            return (device, address - device.region.start)
        }
        return nil
    }
}
