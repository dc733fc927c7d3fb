import Guest

/// All sites, by the 4 KiB page they are in, so that one is found, added and taken away without looking at those of other pages.
struct SiteTable {
    /// The sites of each page that has some, ordered by address.
    private var pages: [UInt64: [Site]] = [:]
    /// The site that was found last: a guest comes to the same ones again and again.
    private var latest: Site?
    /// How many sites there are.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// All sites, lowest address first.
    var sites: [Site] { pages.keys.sorted().flatMap { pages[$0] ?? [] } }

    /// All sites, in no particular order.
    func forEach(_ body: (Site) -> Void) {
        for page in pages.values { page.forEach(body) }
    }

    /// The site at exactly `address`.
    subscript(address: GuestPhysicalAddress) -> Site? {
        mutating get {
            if let latest, latest.address == address { return latest }
            guard count > 0, let page = pages[address.value >> 12] else { return nil }
            let index = SiteTable.lowerBound(page, address)
            guard index < page.count, page[index].address == address else { return nil }
            latest = page[index]
            return latest
        }
        set {
            latest = nil
            let number = address.value >> 12
            let index = pages[number].map { SiteTable.lowerBound($0, address) } ?? 0
            let exists = pages[number].map { index < $0.count && $0[index].address == address } ?? false
            switch (newValue, exists) {
            case (let site?, true): pages[number]?[index] = site
            case (let site?, false):
                pages[number, default: []].insert(site, at: index)
                count += 1
            case (nil, true):
                pages[number]?.remove(at: index)
                if pages[number]?.isEmpty == true { pages[number] = nil }
                count -= 1
            case (nil, false): break
            }
        }
    }

    /// The sites, each `length` bytes long, that share a byte with the `count` bytes from `address` on, lowest first.
    func touching(_ address: GuestPhysicalAddress, count: Int, length: Int) -> [Site] {
        if count <= 0 || isEmpty { return [] }
        // A site that begins just before can reach into the range.
        let first = address.value < UInt64(length - 1) ? 0 : address.value - UInt64(length - 1)
        let (end, wraps) = address.value.addingReportingOverflow(UInt64(count - 1))
        let last = wraps ? UInt64.max : end
        // A range of more pages than there are with sites: these are fewer to look at.
        let numbers =
            (last >> 12) - (first >> 12) < UInt64(pages.count)
            ? Array(first >> 12...last >> 12) : pages.keys.filter { $0 >= first >> 12 && $0 <= last >> 12 }.sorted()
        var found: [Site] = []
        for number in numbers {
            guard let page = pages[number] else { continue }
            var index = SiteTable.lowerBound(page, GuestPhysicalAddress(first))
            while index < page.count && page[index].address.value <= last {
                found.append(page[index])
                index += 1
            }
        }
        return found
    }

    /// The index of the first site of `page` at or above `address`.
    private static func lowerBound(_ page: [Site], _ address: GuestPhysicalAddress) -> Int {
        var low = 0
        var high = page.count
        while low < high {
            let middle = (low + high) / 2
            if page[middle].address < address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
