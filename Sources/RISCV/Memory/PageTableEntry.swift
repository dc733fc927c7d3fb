import Guest

/// One entry of a page table, the same for Sv39, Sv48 and Sv57 (privileged specification, "Sv39: Page-Based 39-bit
/// Virtual-Memory System").
public struct PageTableEntry: Equatable, Sendable, CustomStringConvertible {
    /// The entry's 64 bits.
    public var rawValue: UInt64

    /// The entry with the bits `rawValue`.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// V: the entry means something.
    public var isValid: Bool { rawValue & 1 << 0 != 0 }
    /// R: loads are allowed.
    public var isReadable: Bool { rawValue & 1 << 1 != 0 }
    /// W: stores are allowed.
    public var isWritable: Bool { rawValue & 1 << 2 != 0 }
    /// X: instructions may be fetched.
    public var isExecutable: Bool { rawValue & 1 << 3 != 0 }
    /// U: the page is U-mode's.
    public var isUser: Bool { rawValue & 1 << 4 != 0 }
    /// G: the mapping is in every address space.
    public var isGlobal: Bool { rawValue & 1 << 5 != 0 }
    /// A: the page was accessed.
    public var isAccessed: Bool { rawValue & 1 << 6 != 0 }
    /// D: the page was written.
    public var isDirty: Bool { rawValue & 1 << 7 != 0 }
    /// The number of the page or of the next table, bits 53–10.
    public var ppn: UInt64 { rawValue >> 10 & 0xFFF_FFFF_FFFF }
    /// The memory type (Svpbmt), bits 62–61: 0 the page's own, 1 non-cacheable, 2 I/O, 3 reserved.
    public var memoryType: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 61 & 3) }
    /// N (Svnapot): the page is part of a larger, naturally aligned one.
    public var isNAPOT: Bool { rawValue >> 63 == 1 }

    /// Whether the entry maps a page; otherwise it points to the next table.
    public var isLeaf: Bool { rawValue & 0b1010 != 0 }

    /// The bits that are reserved and yet set.
    ///
    /// Bits 60–59 do not count: Svrsw60t59b gives them to software.
    public var reservedBits: UInt64 {
        let always: UInt64 = 0x1F << 54
        let inPointers: UInt64 = 1 << 63 | 3 << 61 | 1 << 7 | 1 << 6 | 1 << 4
        let memoryTypeBits: UInt64 = memoryType == 3 ? 3 << 61 : 0
        return rawValue & (isLeaf ? always | memoryTypeBits : always | inPointers)
    }

    /// The permissions and marks: `rwxugad`, a dash for each that is clear; then the memory type and `napot`, if any.
    public var description: String {
        var text = ""
        for (letter, isSet) in [
            ("r", isReadable), ("w", isWritable), ("x", isExecutable), ("u", isUser), ("g", isGlobal),
            ("a", isAccessed), ("d", isDirty),
        ] {
            text += isSet ? letter : "-"
        }
        if isNAPOT { text += " napot" }
        switch memoryType {
        case 0: return text
        case 1: return text + " nc"
        case 2: return text + " io"
        default: return text + " pbmt=3"
        }
    }
}
