import Guest

/// All breakpoints, found by number or by site without a search through the others.
struct BreakpointTable {
    private var byNumber: [Int: Breakpoint] = [:]
    /// The numbers of the armed ones, by site, lowest first.
    private var bySite: [GuestPhysicalAddress: [Int]] = [:]
    /// The numbers of those that want a site and have none.
    private(set) var unarmed: Set<Int> = []

    var isEmpty: Bool { byNumber.isEmpty }

    /// All numbers, lowest first.
    var numbers: [Int] { byNumber.keys.sorted() }

    /// All breakpoints, lowest number first.
    var all: [Breakpoint] { numbers.compactMap { byNumber[$0] } }

    /// The numbers of those whose site is at `address`, lowest first.
    func numbers(at address: GuestPhysicalAddress) -> [Int] { bySite[address] ?? [] }

    subscript(number: Int) -> Breakpoint? {
        get { byNumber[number] }
        set {
            let old = byNumber[number].map(BreakpointTable.site) ?? nil
            let new = newValue.map(BreakpointTable.site) ?? nil
            byNumber[number] = newValue
            if old != new {
                if let old { leave(old, number) }
                if let new { enter(new, number) }
            }
            if let newValue, newValue.isEnabled, new == nil { unarmed.insert(number) } else { unarmed.remove(number) }
        }
    }

    private static func site(_ breakpoint: Breakpoint) -> GuestPhysicalAddress? {
        if case .armed(let site) = breakpoint.state { return site }
        return nil
    }

    private mutating func enter(_ site: GuestPhysicalAddress, _ number: Int) {
        let index = bySite[site].map { numbers in numbers.firstIndex { $0 > number } ?? numbers.count } ?? 0
        bySite[site, default: []].insert(number, at: index)
    }

    private mutating func leave(_ site: GuestPhysicalAddress, _ number: Int) {
        bySite[site]?.removeAll { $0 == number }
        if bySite[site]?.isEmpty == true { bySite[site] = nil }
    }
}
