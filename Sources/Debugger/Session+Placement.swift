import Guest
import RISCV
import Symbols

/// How far the program's own symbols are from where its file has them, and how that is known.
struct ProgramPlacement {
    var offset: UInt64 = 0
    var placement = SymbolTables.Entry.Placement.assumed
}

extension Session {
    /// The guest is gone: where its kernel ran is not where the next one's runs (KASLR).
    func forgetPlacements() {
        kernelSearches = 0
        var isMoved = programPlacement.offset != 0
        programPlacement = ProgramPlacement()
        for index in furtherSymbols.indices where furtherSymbols[index].placement != .given {
            isMoved = isMoved || furtherSymbols[index].offset != 0
            furtherSymbols[index].offset = 0
            furtherSymbols[index].placement = .assumed
        }
        if isMoved { relocateMoved() }
    }

    /// Looks at where the guest's kernel runs, once its paging is on, and moves the symbols there of which that is not known yet. A
    /// sentence for each table that was moved. Throws `.target`.
    func placeSymbols() throws(DebuggerError) -> [String] {
        guard guest != nil, hasAssumedSymbols else { return [] }
        var kernels: [(index: Int, entry: SymbolTables.Entry, landmarks: KernelLandmarks)] = []
        for (index, entry) in symbols.entries.enumerated() where entry.placement == .assumed {
            if let landmarks = KernelLandmarks(entry.table) {
                kernels.append((index, entry, landmarks))
            } else {
                var entry = entry
                entry.placement = .given
                replace(index, with: entry)
            }
        }
        if kernels.isEmpty { return [] }
        guard try isPagingOn() else { return [] }
        var notes: [String] = []
        for (index, entry, landmarks) in kernels {
            guard let offset = try offset(of: landmarks) else { continue }
            var placed = entry
            placed.offset = offset
            placed.placement = .seen
            if offset != entry.offset { notes.append(Self.note(placed)) }
            replace(index, with: placed)
        }
        if !notes.isEmpty {
            try followSymbols()
            relocateWatchpoints()
        }
        return notes
    }

    private var hasAssumedSymbols: Bool {
        program != nil && programPlacement.placement == .assumed
            || furtherSymbols.contains { $0.placement == .assumed }
    }

    private func replace(_ index: Int, with entry: SymbolTables.Entry) {
        let programTables = program == nil ? 0 : 1
        if index >= programTables {
            furtherSymbols[index - programTables] = entry
        } else {
            programPlacement = ProgramPlacement(offset: entry.offset, placement: entry.placement)
        }
    }

    /// The breakpoints and watchpoints at symbols and lines are where the tables have these, without a guest.
    private func relocateMoved() {
        for breakpoint in breakpointTable.all {
            guard let name = breakpoint.name, let place = place(of: name) else { continue }
            breakpointTable[breakpoint.number]?.place = place
        }
        relocateWatchpoints()
    }

    private static func note(_ entry: SymbolTables.Entry) -> String {
        let isUp = Int64(bitPattern: entry.offset) >= 0
        let distance = isUp ? entry.offset : 0 &- entry.offset
        return
            "The kernel runs \(hex(distance)) bytes \(isUp ? "above" : "below") the addresses of \"\(entry.name)\" (KASLR): "
            + "its symbols are moved there."
    }

    /// How far the guest's kernel runs from where the landmarks are; nil where it cannot be seen.
    ///
    /// Where the trap vector is, is tried first, and then each place to which a kernel can be moved: the last 2 GiB of the address
    /// space, in steps of a page of the second level (arch/riscv/mm/init.c, `setup_vm`). What is there must be the kernel's banner.
    private func offset(of kernel: KernelLandmarks) throws(DebuggerError) -> UInt64? {
        let vector = try registerValue(.stvec) & ~3
        var byVector: UInt64?
        if let entry = kernel.trapEntry, (vector &- entry.value) % KernelPlace.alignment == 0 {
            byVector = vector &- entry.value
        }
        guard let banner = kernel.banner else { return byVector }
        for offset in [byVector ?? 0, 0] where isBanner(banner + offset) { return offset }
        // Right after the switch the kernel may not be mapped as a whole yet.
        guard kernelSearches < Self.searchLimit else { return nil }
        kernelSearches += 1
        var place: UInt64 = 0 &- (2 << 30) &+ banner.value % KernelPlace.alignment
        for _ in 0..<(2 << 30) / KernelPlace.alignment {
            if isBanner(GuestVirtualAddress(place)) { return place &- banner.value }
            place &+= KernelPlace.alignment
        }
        return nil
    }

    /// So many stops of one guest at most are spent on looking everywhere.
    private static var searchLimit: Int { 16 }

    private func isBanner(_ address: GuestVirtualAddress) -> Bool {
        guard let bytes = try? bytes(at: address, count: Self.bannerStart.utf8.count) else { return false }
        return bytes.elementsEqual(Self.bannerStart.utf8)
    }

    private static var bannerStart: String { "Linux version " }
}

/// What a kernel is recognised by.
private struct KernelLandmarks {
    /// Its banner, "Linux version …".
    let banner: GuestVirtualAddress?
    /// Where its trap vector points once it is set up.
    let trapEntry: GuestVirtualAddress?

    /// Those that `table` has; nil when it is no kernel's.
    init?(_ table: SymbolTable) {
        guard table.symbol(named: "start_kernel") != nil else { return nil }
        banner = table.symbol(named: "linux_banner")?.address
        trapEntry = table.symbol(named: "handle_exception")?.address
        if banner == nil && trapEntry == nil { return nil }
    }
}
