import Guest

/// All breakpoints, found by number or by site without a search through the others.
struct BreakpointTable {
    private var byNumber: [Int: Entry] = [:]
    /// The numbers of the armed ones, by site, lowest first.
    private var bySite: [GuestPhysicalAddress: [Int]] = [:]
    /// The numbers of those that want a site and have none.
    private(set) var unarmed: Set<Int> = []

    /// Those at the site that was asked for last: a guest comes to the same ones again and again.
    private var latest: (site: GuestPhysicalAddress, entries: [Entry])?

    /// A breakpoint that can be changed where it is.
    final class Entry {
        var breakpoint: Breakpoint
        init(_ breakpoint: Breakpoint) { self.breakpoint = breakpoint }

        /// Counts a hit; whether it is one that is to be ignored.
        func countHit(ignores: Bool) -> Bool {
            breakpoint.hits += 1
            guard ignores, breakpoint.ignoreCount > 0 else { return false }
            breakpoint.ignoreCount -= 1
            return true
        }
    }

    /// A table with the same breakpoints, which change on their own.
    func copy() -> BreakpointTable {
        var copy = self
        copy.byNumber = byNumber.mapValues { Entry($0.breakpoint) }
        copy.latest = nil
        return copy
    }

    var isEmpty: Bool { byNumber.isEmpty }

    /// All numbers, lowest first.
    var numbers: [Int] { byNumber.keys.sorted() }

    /// All breakpoints, lowest number first.
    var all: [Breakpoint] { numbers.compactMap { byNumber[$0]?.breakpoint } }

    /// The numbers of those whose site is at `address`, lowest first.
    func numbers(at address: GuestPhysicalAddress) -> [Int] { bySite[address] ?? [] }

    /// Those whose site is at `address`, lowest number first.
    mutating func entries(at address: GuestPhysicalAddress) -> [Entry] {
        if let latest, latest.site == address { return latest.entries }
        let entries = numbers(at: address).compactMap { byNumber[$0] }
        latest = (address, entries)
        return entries
    }

    subscript(number: Int) -> Breakpoint? {
        get { byNumber[number]?.breakpoint }
        set {
            latest = nil
            let entry = byNumber[number]
            let old = entry?.breakpoint
            if let entry, let newValue {
                entry.breakpoint = newValue
            } else {
                byNumber[number] = newValue.map { Entry($0) }
            }
            move(number, old.flatMap(BreakpointTable.site), newValue.flatMap(BreakpointTable.site))
            let wants = newValue.map(BreakpointTable.isUnarmed) ?? false
            if wants != (old.map(BreakpointTable.isUnarmed) ?? false) {
                if wants { unarmed.insert(number) } else { unarmed.remove(number) }
            }
        }
    }

    private static func isUnarmed(_ breakpoint: Breakpoint) -> Bool { breakpoint.isEnabled && site(breakpoint) == nil }

    private mutating func move(_ number: Int, _ old: GuestPhysicalAddress?, _ new: GuestPhysicalAddress?) {
        if old == new { return }
        if let old { leave(old, number) }
        if let new { enter(new, number) }
    }

    private static func site(_ breakpoint: Breakpoint) -> GuestPhysicalAddress? {
        if case .armed(let site) = breakpoint.state { return site }
        return nil
    }

    private mutating func enter(_ site: GuestPhysicalAddress, _ number: Int) {
        let index = BreakpointTable.lowerBound(bySite[site] ?? [], number)
        bySite[site, default: []].insert(number, at: index)
    }

    private mutating func leave(_ site: GuestPhysicalAddress, _ number: Int) {
        let index = BreakpointTable.lowerBound(bySite[site] ?? [], number)
        guard bySite[site].map({ index < $0.count && $0[index] == number }) ?? false else { return }
        bySite[site]?.remove(at: index)
        if bySite[site]?.isEmpty == true { bySite[site] = nil }
    }

    /// The index of the first of `numbers`, which go up, that is not below `number`.
    private static func lowerBound(_ numbers: [Int], _ number: Int) -> Int {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
