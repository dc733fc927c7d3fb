import Guest
import Target

/// A page of RAM with watched bytes in it.
struct WatchedPage: Equatable {
    static let byteCount = GuestRAM.pageSize

    /// The first byte.
    let start: GuestPhysicalAddress
    /// What is watched in this page.
    var ranges: [WatchedRange]
    /// Whether accesses go through now, as if nothing were watched.
    var isOpen = false

    /// Whether loads are to exit as well as stores.
    var watchesLoads: Bool { ranges.contains { $0.kind != .change } }

    /// From the first watched byte to the last.
    var watchedSpan: MemoryRegion {
        let first = ranges.map { $0.region.start }.min() ?? start
        return MemoryRegion(start: first, byteCount: (ranges.map { $0.region.end }.max() ?? first) - first)
    }

    /// Whether a load of `region` is to be told.
    func tellsLoad(of region: MemoryRegion) -> Bool {
        ranges.contains { $0.kind != .change && $0.region.overlaps(region) }
    }

    /// Whether a store to `region` is to be told, whatever it changes.
    func tellsStore(to region: MemoryRegion) -> Bool {
        ranges.contains { $0.kind == .access && $0.region.overlaps(region) }
    }

    /// Whether a change of the byte at `address` is to be told.
    func tellsChange(at address: GuestPhysicalAddress) -> Bool {
        ranges.contains { $0.kind == .change && $0.region.contains(address) }
    }
}

/// The watched pages of a guest, found by address.
struct WatchedPages {
    /// Lowest address first.
    private(set) var pages: [WatchedPage] = []
    /// Where in `pages` each is, by its first byte.
    private var indices: [GuestPhysicalAddress: Int] = [:]

    /// Nothing is watched.
    init() {}

    /// The pages that `ranges` touch, all closed.
    init(_ ranges: [WatchedRange]) {
        var byPage: [GuestPhysicalAddress: [WatchedRange]] = [:]
        for range in ranges where range.region.byteCount > 0 {
            var page = Self.page(of: range.region.start)
            while page < range.region.end {
                byPage[page, default: []].append(range)
                page = page + WatchedPage.byteCount
            }
        }
        pages = byPage.map { WatchedPage(start: $0.key, ranges: $0.value) }.sorted { $0.start < $1.start }
        for (index, page) in pages.enumerated() { indices[page.start] = index }
    }

    /// The first byte of the page that `address` lies in.
    static func page(of address: GuestPhysicalAddress) -> GuestPhysicalAddress {
        GuestPhysicalAddress(address.value & ~(WatchedPage.byteCount &- 1))
    }

    /// The watched page that `address` lies in.
    subscript(address: GuestPhysicalAddress) -> WatchedPage? {
        indices[Self.page(of: address)].map { pages[$0] }
    }

    /// Whether any page is closed: an access that KVM cannot tell fails.
    var hasClosedPage: Bool { pages.contains { !$0.isOpen } }

    /// Opens the pages that hold `addresses`, or all.
    mutating func open(at addresses: [GuestPhysicalAddress]?) {
        guard let addresses else {
            for index in pages.indices { pages[index].isOpen = true }
            return
        }
        for address in addresses {
            if let index = indices[Self.page(of: address)] { pages[index].isOpen = true }
        }
    }

    /// Closes all pages; whether one was open.
    mutating func close() -> Bool {
        var wasOpen = false
        for index in pages.indices where pages[index].isOpen {
            pages[index].isOpen = false
            wasOpen = true
        }
        return wasOpen
    }
}
