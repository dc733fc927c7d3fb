import Guest
import Target

/// A part of the guest's RAM that KVM serves in one way, and so one memory slot.
struct MemoryPiece: Equatable {
    var start: GuestPhysicalAddress
    var byteCount: UInt64
    /// Whether the guest's stores exit.
    var isReadOnly: Bool

    var end: GuestPhysicalAddress { start + byteCount }
}

extension MemoryPiece {
    /// How `ram` is cut so that the accesses to watched pages exit, lowest address first. A page watched for stores alone is a
    /// read-only piece; one watched for loads as well is in no piece. `pages` are the watched ones, lowest first.
    static func pieces(of ram: MemoryRegion, pages: [WatchedPage]) -> [MemoryPiece] {
        var pieces: [MemoryPiece] = []
        var start = ram.start
        for page in pages where ram.contains(page.start, count: WatchedPage.byteCount) && page.start >= start {
            if page.start > start {
                pieces.append(MemoryPiece(start: start, byteCount: page.start - start, isReadOnly: false))
            }
            if page.isOpen || !page.watchesLoads {
                pieces.append(
                    MemoryPiece(start: page.start, byteCount: WatchedPage.byteCount, isReadOnly: !page.isOpen))
            }
            start = page.start + WatchedPage.byteCount
        }
        if start < ram.end { pieces.append(MemoryPiece(start: start, byteCount: ram.end - start, isReadOnly: false)) }
        return pieces
    }
}
