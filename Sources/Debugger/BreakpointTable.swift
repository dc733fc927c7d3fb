import Guest

/// All breakpoints, found by number or by site without a search through the others.
struct BreakpointTable {
    private var byNumber: [Int: Entry] = [:]
    /// The numbers of the armed ones, by site, lowest first.
    private var bySite: [GuestPhysicalAddress: [Int]] = [:]
    /// The numbers of those that want a site and have none.
    private(set) var unarmed: Set<Int> = []

    /// A breakpoint that can be changed where it is.
    private final class Entry {
        var breakpoint: Breakpoint
        init(_ breakpoint: Breakpoint) { self.breakpoint = breakpoint }
    }

    /// A table with the same breakpoints, which change on their own.
    func copy() -> BreakpointTable {
        var copy = self
        copy.byNumber = byNumber.mapValues { Entry($0.breakpoint) }
        return copy
    }

    var isEmpty: Bool { byNumber.isEmpty }

    /// All numbers, lowest first.
    var numbers: [Int] { byNumber.keys.sorted() }

    /// All breakpoints, lowest number first.
    var all: [Breakpoint] { numbers.compactMap { byNumber[$0]?.breakpoint } }

    /// The numbers of those whose site is at `address`, lowest first.
    func numbers(at address: GuestPhysicalAddress) -> [Int] { bySite[address] ?? [] }

    subscript(number: Int) -> Breakpoint? {
        get { byNumber[number]?.breakpoint }
        set {
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

    /// Counts a hit of the breakpoint `number`; whether it is one that is to be ignored.
    func countHit(_ number: Int, ignores: Bool) -> Bool {
        guard let entry = byNumber[number] else { return false }
        entry.breakpoint.hits += 1
        guard ignores, entry.breakpoint.ignoreCount > 0 else { return false }
        entry.breakpoint.ignoreCount -= 1
        return true
    }

    /// The condition of the breakpoint `number`, if it has one.
    func condition(_ number: Int) -> (text: String, expression: Expression)? { byNumber[number]?.breakpoint.condition }

    /// Whether the breakpoint `number` concerns the vCPU `vcpu`.
    func concerns(_ number: Int, vcpu: Int) -> Bool {
        guard let wanted = byNumber[number]?.breakpoint.vcpu else { return true }
        return wanted == vcpu
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
