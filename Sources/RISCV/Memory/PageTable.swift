import Guest

/// The walk that a hart does to translate an address (privileged specification, "Virtual Address Translation Process").
public enum PageTable {
    /// Translates `address` by the page tables that `satp` names. Permissions, A and D are not checked: the result
    /// holds them.
    ///
    /// `readEntry` returns the eight bytes, little-endian, at a guest-physical address that is a multiple of 8, or nil
    /// where there is no memory. What it throws ends the walk.
    ///
    /// `visit` is told of each entry on the way, the failing one included.
    public static func translate<E: Error>(
        _ address: GuestVirtualAddress, satp: SATP, readEntry: (GuestPhysicalAddress) throws(E) -> UInt64?,
        visit: (PageTableStep) -> Void = { _ in }
    ) throws(E) -> Result<Translation, TranslationFailure> {
        guard let mode = satp.mode else { return .failure(.unsupportedMode(satp.modeNumber)) }
        if mode == .bare {
            return .success(Translation(address: GuestPhysicalAddress(address.value), leaf: nil, pageByteCount: nil))
        }
        guard isCanonical(address, in: mode) else { return .failure(.notCanonical(mode)) }

        var table = satp.root
        var level = mode.levelCount &- 1
        while true {
            let slot = table + (address.value >> shift(level) & 0x1FF) &* 8
            guard let bits = try readEntry(slot) else { return .failure(.unreadable(level: level, slot)) }
            let step = PageTableStep(level: level, address: slot, entry: PageTableEntry(bits))
            visit(step)
            if let failure = failure(of: step) { return .failure(failure) }
            if step.entry.isLeaf { return .success(translation(of: address, by: step)) }
            table = GuestPhysicalAddress(step.entry.ppn << 12)
            level &-= 1
        }
    }

    /// Whether bits 63 and below repeat the highest bit that `mode` translates; always without paging.
    public static func isCanonical(_ address: GuestVirtualAddress, in mode: PagingMode) -> Bool {
        guard mode != .bare else { return true }
        let upper = Int64(bitPattern: address.value) >> highestBit(mode)
        return upper == 0 || upper == -1
    }

    /// The size in bytes of a page that an entry of `level` maps: 4 KiB at level 0, 512 times as much at each level
    /// above.
    public static func pageByteCount(level: Int) -> UInt64 { 1 << shift(level) }

    /// The highest bit of a virtual address that `mode` translates, 38 for Sv39.
    static func highestBit(_ mode: PagingMode) -> UInt64 { shift(mode.levelCount) &- 1 }

    /// The place of the entry for `address` in a table of `level`, 0 to 511.
    public static func index(of address: GuestVirtualAddress, level: Int) -> Int {
        Int(truncatingIfNeeded: address.value >> shift(level) & 0x1FF)
    }

    /// The lowest bit of a virtual address that selects an entry at `level`.
    static func shift(_ level: Int) -> UInt64 { 12 &+ 9 &* UInt64(level) }

    /// What is wrong with an entry, in the order in which the specification asks.
    static func failure(of step: PageTableStep) -> TranslationFailure? {
        let entry = step.entry
        if !entry.isValid { return .invalid(step) }
        if entry.isWritable && !entry.isReadable { return .writableNotReadable(step) }
        if entry.reservedBits != 0 { return .reservedBits(step) }
        if !entry.isLeaf { return step.level == 0 ? .noLeaf(step) : nil }
        if entry.isNAPOT && (step.level > 0 || entry.ppn & 0xF != 0b1000) { return .reservedNAPOT(step) }
        if entry.ppn << 12 & (pageByteCount(level: step.level) &- 1) != 0 { return .misalignedSuperpage(step) }
        return nil
    }

    static func translation(of address: GuestVirtualAddress, by step: PageTableStep) -> Translation {
        // Svnapot: the four lowest bits of such a PPN only say "64 KiB".
        let size = step.entry.isNAPOT ? 1 << 16 : pageByteCount(level: step.level)
        let page = step.entry.ppn << 12 & ~(size &- 1)
        return Translation(
            address: GuestPhysicalAddress(page | address.value & (size &- 1)), leaf: step, pageByteCount: size)
    }
}
