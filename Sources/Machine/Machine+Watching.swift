import Guest
import Host
import KVM
import RISCV
import Target

// Watchpoints: the page of the watched bytes is a memory slot of its own, read-only, or none at all where loads are watched
// too. The guest's access then exits, and the machine carries it out. All other pages run at full speed.
extension Machine {
    /// Watches these ranges; see `Target`.
    public func setWatches(_ ranges: [WatchedRange]) throws(TargetError) {
        for range in ranges where !ram.region.contains(range.region.start, count: range.region.byteCount) {
            throw .memory(
                "Cannot watch \(range.region.byteCount) bytes at GPA \(range.region.start.description): the guest's RAM is "
                    + "\(rangeText(ram.region)).")
        }
        try layWatches(WatchedPages(ranges))
    }

    /// Lets accesses to watched pages through; see `Target`.
    public func openWatches(at addresses: [GuestPhysicalAddress]?) throws(TargetError) {
        var pages = watched
        pages.open(at: addresses)
        try layWatches(pages)
    }

    /// Closes the watched pages again; see `Target`.
    public func closeWatches() throws(TargetError) {
        var pages = watched
        guard pages.close() else { return }
        do { try layWatches(pages) } catch {
            // It would run past its watchpoints.
            endReason = "a watched page could not be protected again. \(error.message)"
            throw error
        }
    }

    private func layWatches(_ pages: WatchedPages) throws(TargetError) {
        passedStores = nil
        let pieces = MemoryPiece.pieces(of: ram.region, pages: pages.pages)
        do {
            try memoryMap.lay(pieces)
            watched = pages
        } catch {
            let sentence =
                "The guest's memory cannot be cut up into \(pieces.count) slots for watchpoints. \(error.error.message)"
            if !error.isRestored { endReason = "its memory could not be laid out again. \(sentence)" }
            throw .host(sentence)
        }
    }

    /// Runs the guest until it exits. The many stores to a watched page that touch no watched byte pass without a word, once one
    /// such was seen.
    func enterGuest() throws(KVMError) -> Exit {
        if let passedStores { return try vcpu.run(past: passedStores) }
        return try vcpu.run()
    }

    /// Has the stores to `page` pass from now on that touch none of the bytes from the first watched one to the last.
    private func passStores(to page: WatchedPage) {
        if page.start == passedStores?.page { return }
        let span = page.watchedSpan
        passedStores = ram.host(at: page.start).map { host in
            PassedStores(
                page: page.start, ramStart: ram.region.start, ramByteCount: ram.region.byteCount, host: host,
                watchedStart: span.start, watchedEnd: span.end)
        }
    }

    /// Carries out an access that exited as MMIO because `page` is watched. What is to be told, if anything; nil where the guest
    /// just goes on.
    func answerWatched(_ access: MMIO, on page: WatchedPage) -> TargetEvent? {
        let region = MemoryRegion(start: access.address, byteCount: UInt64(access.byteCount))
        if !page.watchesLoads, access.isWrite, isCertainStore(access) {
            passStores(to: page)
            return store(access.value, to: [region], at: nil)
        }
        do throws(KVMError) {
            let origin = try AccessOrigin(vcpu, ram)
            guard let regions = origin.regions(of: access) else { return try retract(origin) }
            if access.isWrite { return store(access.value, to: regions, at: origin.pc) }
            return try load(regions, by: origin)
        } catch { return end(error.message) }
    }

    /// Whether a store is surely the one that the exit tells of, as nearly all are.
    ///
    /// It is not where it begins a page: of a store that straddles into the page KVM tells the address of the second part, with
    /// the length and the data of the whole. And it may not be one where a page-table entry lies whose A or D bit is clear:
    /// the hart sets these when it walks the tables, and KVM takes that for a store by the instruction at pc. Entries that map
    /// something else than RAM come with A and D set.
    private func isCertainStore(_ access: MMIO) -> Bool {
        if access.byteCount > 1 && access.address == WatchedPages.page(of: access.address) { return false }
        guard access.address.value & 7 == 0, let bits = ram.word(at: access.address, count: 8) else { return true }
        let entry = PageTableEntry(bits)
        guard entry.isValid, entry.isReadable || entry.isExecutable, !(entry.isAccessed && entry.isDirty) else {
            return true
        }
        return !ram.region.contains(GuestPhysicalAddress(entry.ppn << 12))
    }

    /// Stores `value` to `regions`, one behind the other, which an atomic operation has read before. `pc` is where the
    /// instruction is, if that was found out already.
    func store(
        _ value: UInt64, to regions: [MemoryRegion], at pc: GuestVirtualAddress?, reads: Bool = false
    ) -> TargetEvent? {
        var rest = value
        var isTold = false
        for region in regions {
            let count = Int(region.byteCount)
            if let old = ram.word(at: region.start, count: count), ram.setWord(rest, at: region.start, count: count),
                let page = watched[region.start]
            {
                isTold =
                    isTold || page.tellsStore(to: region) || changes(page, region, from: old, to: rest)
                    || reads && page.tellsLoad(of: region)
            }
            rest = count < 8 ? rest >> UInt64(8 * count) : 0
        }
        return isTold ? tell(regions, reads: reads, writes: true, at: pc) : nil
    }

    private func changes(_ page: WatchedPage, _ region: MemoryRegion, from old: UInt64, to new: UInt64) -> Bool {
        for index in 0..<region.byteCount where (old ^ new) >> (8 * index) & 0xFF != 0 {
            if page.tellsChange(at: region.start + index) { return true }
        }
        return false
    }

    /// Gives the guest's load what is in `regions`, one behind the other.
    private func load(_ regions: [MemoryRegion], by origin: AccessOrigin) throws(KVMError) -> TargetEvent? {
        var value: UInt64 = 0
        var bits: UInt64 = 0
        var isTold = false
        for region in regions {
            value |= (ram.word(at: region.start, count: Int(region.byteCount)) ?? 0) << bits
            bits += 8 * region.byteCount
            if watched[region.start]?.tellsLoad(of: region) ?? false { isTold = true }
        }
        vcpu.page.setMMIOData(value)
        // Linux up to 6.12 at least does not extend what lb, lh and lw load by its sign.
        if let operand = origin.operand, let destination = origin.destination {
            let extended = operand.extended(value)
            if extended != value { try finish(setting: destination, extended) }
        }
        return isTold ? tell(regions, reads: true, writes: false, at: origin.pc) : nil
    }

    func tell(
        _ regions: [MemoryRegion], reads: Bool, writes: Bool, at known: GuestVirtualAddress?
    ) -> TargetEvent? {
        guard let pc = known ?? pc else { return end("The guest's pc cannot be read.") }
        return .watched(WatchedAccess(pc: pc, regions: regions, reads: reads, writes: writes))
    }

    /// Takes back an exit that was no access by the instruction at pc: KVM finishes it nevertheless, by going to the next
    /// instruction and by setting a load's register.
    private func retract(_ origin: AccessOrigin) throws(KVMError) -> TargetEvent {
        let destination = origin.destination
        let value = try destination.map { (id) throws(KVMError) in try vcpu.word(id) }
        try finish(setting: .pc, origin.pc.value)
        if let destination, let value { try vcpu.setWord(destination, value) }
        return .blocked
    }

    /// Finishes the pending exit and then sets a register.
    private func finish(setting id: RegisterID, _ value: UInt64) throws(KVMError) {
        vcpu.page.immediateExit = 1
        _ = try vcpu.run()
        hart.isCompletionPending = false
        vcpu.page.immediateExit = Interruption.isPending || Interruption.isDeadlineOver ? 1 : 0
        try vcpu.setWord(id, value)
    }
}

extension MemoryAccess {
    /// What a load of `value` gives the register.
    func extended(_ value: UInt64) -> UInt64 {
        guard isSigned, byteCount < 8 else { return value }
        let unused = UInt64(64 - 8 * byteCount)
        return UInt64(bitPattern: Int64(bitPattern: value << unused) >> unused)
    }
}
