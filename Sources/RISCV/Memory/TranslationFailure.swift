import Guest

/// Why a guest-virtual address means nothing: what a hart would raise a page fault for, permissions aside.
public enum TranslationFailure: Error, Equatable, Sendable {
    /// The value of `satp` asks for a mode that no specification describes: its number.
    case unsupportedMode(UInt8)
    /// The upper bits of the address are not all equal to the mode's highest address bit.
    case notCanonical(PagingMode)
    /// There is no memory where the entry should be: the level, and the guest-physical address of the entry.
    case unreadable(level: Int, GuestPhysicalAddress)
    /// The entry's V bit is clear.
    case invalid(PageTableStep)
    /// The entry allows stores but not loads, which is reserved.
    case writableNotReadable(PageTableStep)
    /// Reserved bits of the entry are set.
    case reservedBits(PageTableStep)
    /// The entry maps a superpage whose guest-physical address is no multiple of its size.
    case misalignedSuperpage(PageTableStep)
    /// The entry has N set but is none of Svnapot's: only 64 KiB pages, by entries of level 0, exist.
    case reservedNAPOT(PageTableStep)
    /// The entry of level 0 points to a further table: R, W and X are clear.
    case noLeaf(PageTableStep)
}

extension TranslationFailure {
    /// The sentence to show when `address` cannot be translated.
    public func message(for address: GuestVirtualAddress) -> String {
        "Cannot translate the virtual address \(address.description): \(reason)."
    }

    /// What is wrong, for a place within a sentence.
    public var reason: String {
        switch self {
        case .unsupportedMode(let number):
            return "satp has the reserved mode \(number); Bare (0), Sv39 (8), Sv48 (9) and Sv57 (10) are known"
        case .notCanonical(let mode):
            let top = PageTable.highestBit(mode)
            return "it is not canonical, \(mode.name) wants bits 63 to \(top &+ 1) equal to bit \(top)"
        case .unreadable(let level, let entry):
            return "the level-\(level) page-table entry at the physical address \(entry.description) is not in RAM"
        case .invalid(let step):
            return "\(named(step)) is not valid, its V bit is clear"
        case .writableNotReadable(let step):
            return "\(named(step)) has W set and R clear, which is reserved"
        case .reservedBits(let step):
            let bits = hex(step.entry.reservedBits)
            return "\(named(step)) has the reserved bits \(bits) set"
        case .misalignedSuperpage(let step):
            let size = hex(PageTable.pageByteCount(level: step.level))
            return "\(named(step)) maps a superpage at a physical address that is no multiple of its size, \(size)"
        case .reservedNAPOT(let step):
            return "\(named(step)) has N set, but is not a level-0 leaf whose PPN ends in binary 1000"
        case .noLeaf(let step):
            return "\(named(step)) is no leaf, its R, W and X bits are clear"
        }
    }

    private func named(_ step: PageTableStep) -> String {
        "the level-\(step.level) page-table entry \(hex(step.entry.rawValue, digits: 16)) at the physical address "
            + step.address.description
    }
}
