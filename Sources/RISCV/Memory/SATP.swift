import Guest

/// The `satp` CSR: which page tables are in use (privileged specification, "Supervisor Address Translation and
/// Protection (satp) Register").
public struct SATP: Equatable, Sendable {
    /// The value of the CSR.
    public var rawValue: UInt64

    /// The value `rawValue` of the CSR.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// MODE, bits 63–60.
    public var modeNumber: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 60) }
    /// MODE as a paging mode; nil for a reserved number.
    public var mode: PagingMode? { PagingMode(rawValue: modeNumber) }
    /// The address space's number, bits 59–44.
    public var asid: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 44) }
    /// The number of the root table's page, bits 43–0.
    public var ppn: UInt64 { rawValue & 0xFFF_FFFF_FFFF }
    /// The guest-physical address of the root table.
    public var root: GuestPhysicalAddress { GuestPhysicalAddress(ppn << 12) }
}
