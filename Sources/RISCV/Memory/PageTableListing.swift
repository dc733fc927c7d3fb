import Guest

/// Virtual addresses that follow one another and are mapped, or broken, in the same way.
public struct PageTableRange: Equatable, Sendable {
    /// The first address.
    public var start: GuestVirtualAddress
    /// The last address.
    public var last: GuestVirtualAddress
    /// What becomes of them.
    public var content: Content

    /// What becomes of a range of virtual addresses.
    public enum Content: Equatable, Sendable {
        /// Pages of `pageByteCount` bytes that follow one another from `physical` on, all with the permissions and marks of
        /// `entry`; the numbers of its page are the first one's.
        case mapped(physical: GuestPhysicalAddress, pageByteCount: UInt64, entry: PageTableEntry)
        /// Entries that no hart accepts; the first of them.
        case broken(TranslationFailure)
    }
}

/// Lists what page tables map, in the order of the virtual addresses. Whatever the tables hold, garbage and cycles too, the
/// number of tables that are looked at is bounded.
public struct PageTableListing {
    /// How a listing ended.
    public enum End: Equatable, Sendable {
        /// All of the range was looked at.
        case complete
        /// The caller had enough.
        case stopped
        /// So many tables were looked at that the rest, from the address on, was not.
        case tooManyTables(GuestVirtualAddress)
    }

    /// No more tables are looked at in one listing: as many as map 128 GiB by pages of 4 KiB.
    public static let tableLimit = 1 << 16

    private let mode: PagingMode
    private let root: GuestPhysicalAddress
    private let first: GuestVirtualAddress
    private let last: GuestVirtualAddress
    private let readTable: (GuestPhysicalAddress) -> [UInt64]?
    private let isStopped: () -> Bool
    private let found: (PageTableRange) -> Bool
    private var tablesLeft: Int
    private var pending: PageTableRange?

    /// A listing of the addresses `first` to `last` by the tables that `satp` names; nil when its mode is Bare or
    /// reserved.
    ///
    /// `readTable` returns the 512 entries of the table at a guest-physical address, nil where there is no memory.
    /// `isStopped` is asked before each table whether the caller had enough; `found` is told each range, and answers whether it
    /// wants more.
    public init?(
        satp: SATP, first: GuestVirtualAddress, last: GuestVirtualAddress, tableLimit: Int = tableLimit,
        readTable: @escaping (GuestPhysicalAddress) -> [UInt64]?, isStopped: @escaping () -> Bool = { false },
        found: @escaping (PageTableRange) -> Bool
    ) {
        guard let mode = satp.mode, mode != .bare else { return nil }
        self.mode = mode
        root = satp.root
        self.first = first
        self.last = last
        self.readTable = readTable
        self.isStopped = isStopped
        self.found = found
        tablesLeft = tableLimit
    }

    /// Lists all.
    public mutating func run() -> End {
        if let end = list(root, level: mode.levelCount &- 1, start: GuestVirtualAddress(0)) {
            if end != .stopped, let pending, !found(pending) { return .stopped }
            return end
        }
        if let pending, !found(pending) { return .stopped }
        return .complete
    }

    /// Lists one table, whose first entry is for the address `start`; nil when the listing goes on.
    private mutating func list(_ table: GuestPhysicalAddress, level: Int, start: GuestVirtualAddress) -> End? {
        if isStopped() { return .stopped }
        if tablesLeft == 0 { return .tooManyTables(max(first, canonical(start))) }
        tablesLeft &-= 1
        let size = PageTable.pageByteCount(level: level)
        let entries = readTable(table)
        for index in 0..<512 {
            let address = canonical(start + UInt64(index) &* size)
            guard address <= last, address + (size &- 1) >= first else { continue }
            guard let entries, index < entries.count else {
                let slot = table + UInt64(index) &* 8
                if !add(address, size, .broken(.unreadable(level: level, slot))) { return .stopped }
                continue
            }
            let entry = PageTableEntry(entries[index])
            if !entry.isValid { continue }
            let step = PageTableStep(level: level, address: table + UInt64(index) &* 8, entry: entry)
            if let failure = PageTable.failure(of: step) {
                if !add(address, size, .broken(failure)) { return .stopped }
            } else if entry.isLeaf {
                if !add(address, size, mapped(step, at: address)) { return .stopped }
            } else if let end = list(GuestPhysicalAddress(entry.ppn << 12), level: level &- 1, start: address) {
                return end
            }
        }
        return nil
    }

    private func mapped(_ step: PageTableStep, at address: GuestVirtualAddress) -> PageTableRange.Content {
        let translation = PageTable.translation(of: address, by: step)
        return .mapped(
            physical: translation.address, pageByteCount: translation.pageByteCount ?? 4096, entry: step.entry)
    }

    /// Adds what an entry says; false when the caller has enough.
    private mutating func add(_ start: GuestVirtualAddress, _ size: UInt64, _ content: PageTableRange.Content) -> Bool {
        let next = PageTableRange(start: start, last: start + (size &- 1), content: content)
        guard let before = pending else {
            pending = next
            return true
        }
        if let joined = before.joined(with: next) {
            pending = joined
            return true
        }
        pending = next
        return found(before)
    }

    /// With bit 63 and those below it equal to the highest bit that the mode translates.
    private func canonical(_ address: GuestVirtualAddress) -> GuestVirtualAddress {
        let unused = 63 &- PageTable.highestBit(mode)
        return GuestVirtualAddress(UInt64(bitPattern: Int64(bitPattern: address.value << unused) >> Int64(unused)))
    }
}

extension PageTableRange {
    /// The two ranges as one, if `next` follows this one and is like it.
    fileprivate func joined(with next: PageTableRange) -> PageTableRange? {
        guard last + 1 == next.start, last < next.start else { return nil }
        switch (content, next.content) {
        case (.mapped(let physical, let size, let entry), .mapped(let nextPhysical, let nextSize, let nextEntry)):
            let follows = nextPhysical - physical == next.start - start
            // All but the numbers of the pages.
            let differs = (entry.rawValue ^ nextEntry.rawValue) & ~(0xFFF_FFFF_FFFF << 10) != 0
            guard follows, size == nextSize, !differs else { return nil }
        case (.broken(let failure), .broken(let nextFailure)):
            guard failure.isSameKind(as: nextFailure) else { return nil }
        default: return nil
        }
        return PageTableRange(start: start, last: next.last, content: content)
    }
}

extension TranslationFailure {
    /// Whether the same is wrong at the same level.
    fileprivate func isSameKind(as other: TranslationFailure) -> Bool {
        switch (self, other) {
        case (.unreadable(let level, _), .unreadable(let otherLevel, _)): return level == otherLevel
        case (.invalid(let step), .invalid(let other)),
            (.writableNotReadable(let step), .writableNotReadable(let other)),
            (.reservedBits(let step), .reservedBits(let other)),
            (.misalignedSuperpage(let step), .misalignedSuperpage(let other)),
            (.reservedNAPOT(let step), .reservedNAPOT(let other)), (.noLeaf(let step), .noLeaf(let other)):
            return step.level == other.level
        default: return false
        }
    }
}
