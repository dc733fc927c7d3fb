import Guest
import Target

/// A place in guest-physical memory where an `ebreak` is to stand in for the guest's own instruction.
struct Site {
    /// Where.
    let address: GuestPhysicalAddress
    /// The guest's own bytes there, 2 or 4, as they were when the `ebreak` was last put over them.
    var original: [UInt8]
    /// Whether the `ebreak` is in memory now.
    var isPlanted = false
    /// How many breakpoints need it.
    var users = 0

    /// Whether none of its bytes is at or above `other`.
    func ends(before other: GuestPhysicalAddress) -> Bool {
        address < other && other - address >= UInt64(original.count)
    }
}

/// All sites, ordered by address, so that a memory access finds the ones it touches without looking at the others.
struct SiteTable {
    private(set) var sites: [Site] = []

    /// The index of the first site at or above `address`.
    private func lowerBound(_ address: GuestPhysicalAddress) -> Int {
        var low = 0
        var high = sites.count
        while low < high {
            let middle = (low + high) / 2
            if sites[middle].address < address { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The site at exactly `address`.
    subscript(address: GuestPhysicalAddress) -> Site? {
        get {
            let index = lowerBound(address)
            return index < sites.count && sites[index].address == address ? sites[index] : nil
        }
        set {
            let index = lowerBound(address)
            let exists = index < sites.count && sites[index].address == address
            switch (newValue, exists) {
            case (let site?, true): sites[index] = site
            case (let site?, false): sites.insert(site, at: index)
            case (nil, true): sites.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// The sites that share a byte with the `count` bytes from `address` on.
    func touching(_ address: GuestPhysicalAddress, count: Int) -> ArraySlice<Site> {
        if count <= 0 { return [] }
        // A site that begins up to three bytes before can reach into the range.
        var first = lowerBound(GuestPhysicalAddress(address.value < 3 ? 0 : address.value - 3))
        while first < sites.count && sites[first].ends(before: address) { first += 1 }
        var end = first
        while end < sites.count && sites[end].address.value &- address.value < UInt64(count)
            || end < sites.count && sites[end].address < address
        {
            end += 1
        }
        return sites[first..<end]
    }

    mutating func removeAll() { sites.removeAll() }
}
