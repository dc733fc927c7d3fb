import Guest
import Target

/// Plants and lifts the `ebreak`s in a target's memory, and keeps them out of what anyone reads.
///
/// A site is written into guest-physical memory, so that it is hit through every virtual alias and survives a change of
/// page tables. Where the vCPU has the C extension, every site is a `c.ebreak`: two bytes are enough for a longer
/// instruction too, leave its second half alone, and never straddle two pages. Without C, all instructions and sites have
/// four aligned bytes. So sites never overlap.
final class Sites {
    private let target: any Target
    private let breakpoint: [UInt8]
    private var table = SiteTable()
    /// Whether the `ebreak`s are in memory, but for those lifted one by one. While guest debug is off none may be: the
    /// guest would take them as its own.
    private(set) var isActive = false

    /// Sites in the memory of `target`, each made of the bytes `breakpoint`: one of the two encodings of `ebreak`.
    init(target: any Target, breakpoint: [UInt8]) {
        self.target = target
        self.breakpoint = breakpoint
    }

    /// The bytes of each site: 2 or 4.
    var byteCount: Int { breakpoint.count }

    /// The guest's own bytes at `address` where a site is, else nil.
    func original(at address: GuestPhysicalAddress) -> [UInt8]? { table[address]?.original }

    /// Whether an `ebreak` of ours is in memory at `address`.
    func isPlanted(at address: GuestPhysicalAddress) -> Bool { table[address]?.isPlanted ?? false }

    /// One more user for the site at `address`; the first plants it. Throws `.memory`.
    func add(_ address: GuestPhysicalAddress) throws(TargetError) {
        var site: Site
        if let present = table[address] {
            site = present
        } else {
            site = Site(
                address: address, original: try TargetAccess.memory(of: target, at: address, count: breakpoint.count))
            if isActive { try plant(&site) }
        }
        site.users += 1
        table[address] = site
    }

    /// One user less; the last lifts it. Throws `.memory`.
    func remove(_ address: GuestPhysicalAddress) throws(TargetError) {
        guard var site = table[address] else { return }
        site.users -= 1
        if site.users > 0 {
            table[address] = site
        } else {
            try lift(&site)
            table[address] = nil
        }
    }

    /// Puts the guest's own bytes back, leaving the site known. Throws `.memory`.
    func lift(at address: GuestPhysicalAddress) throws(TargetError) {
        guard var site = table[address] else { return }
        try lift(&site)
        table[address] = site
    }

    /// Puts the `ebreak` back after `lift(at:)`. Throws `.memory`.
    func plant(at address: GuestPhysicalAddress) throws(TargetError) {
        guard var site = table[address] else { return }
        try plant(&site)
        table[address] = site
    }

    /// Puts all `ebreak`s into memory, or takes all out. Throws `.memory`.
    func setActive(_ active: Bool) throws(TargetError) {
        isActive = active
        for site in table.sites where site.isPlanted != active {
            if active { try plant(at: site.address) } else { try lift(at: site.address) }
        }
    }

    /// Memory as the guest wrote it, without our `ebreak`s. Throws `.memory`.
    func read(at address: GuestPhysicalAddress, count: Int) throws(TargetError) -> [UInt8] {
        var bytes = try TargetAccess.memory(of: target, at: address, count: count)
        for site in table.touching(address, count: count) where site.isPlanted {
            for (offset, byte) in site.original.enumerated() {
                let index = Int(truncatingIfNeeded: (site.address + UInt64(offset)) - address)
                // A byte that is not the ebreak's was written by the guest since.
                if index >= 0 && index < count && bytes[index] == breakpoint[offset] { bytes[index] = byte }
            }
        }
        return bytes
    }

    /// Writes memory under the sites: what is planted stays, what the guest will see without it is the new bytes.
    /// Throws `.memory`.
    func write(_ bytes: [UInt8], at address: GuestPhysicalAddress) throws(TargetError) {
        let touched = table.touching(address, count: bytes.count).filter { $0.isPlanted }.map { $0.address }
        for site in touched { try lift(at: site) }
        try TargetAccess.setMemory(bytes, of: target, at: address)
        for site in touched { try plant(at: site) }
    }

    private func plant(_ site: inout Site) throws(TargetError) {
        if site.isPlanted { return }
        // The guest or the user may have written here since the site was last in memory.
        site.original = try TargetAccess.memory(of: target, at: site.address, count: breakpoint.count)
        try TargetAccess.setMemory(breakpoint, of: target, at: site.address)
        site.isPlanted = true
    }

    private func lift(_ site: inout Site) throws(TargetError) {
        if !site.isPlanted { return }
        // What the guest wrote over the site is its own: it stays.
        if try TargetAccess.memory(of: target, at: site.address, count: breakpoint.count) == breakpoint {
            try TargetAccess.setMemory(site.original, of: target, at: site.address)
        }
        site.isPlanted = false
    }
}
