import Guest

/// A part of a program that is to lie in guest memory when it starts (an ELF's `PT_LOAD`).
public struct LoadSegment: Sendable {
    /// Its number among the program headers, as `readelf -l` lists them, from 0; for messages.
    public var number: Int
    /// Where it lies in guest-physical memory (`p_paddr`).
    public var physical: GuestPhysicalAddress
    /// Where its code believes to lie (`p_vaddr`).
    public var virtual: GuestVirtualAddress
    /// Its first bytes, shared with the file and not copied; the rest is zero.
    public var fileBytes: ArraySlice<UInt8>
    /// Its length in bytes (`p_memsz`).
    public var memorySize: UInt64

    /// The segment `number`, `memorySize` bytes long, that begins with `fileBytes`.
    public init(
        number: Int, physical: GuestPhysicalAddress, virtual: GuestVirtualAddress, fileBytes: ArraySlice<UInt8>,
        memorySize: UInt64
    ) {
        self.number = number
        self.physical = physical
        self.virtual = virtual
        self.fileBytes = fileBytes
        self.memorySize = memorySize
    }
}
