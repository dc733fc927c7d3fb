import Guest
import Target

/// Plants and lifts the `ebreak`s in a target's memory, and keeps them out of what anyone reads.
///
/// A site is written into guest-physical memory, so that it is hit through every virtual alias and survives a change of
/// page tables. Where the vCPU has the C extension, every site is a `c.ebreak`: two bytes are enough for a longer
/// instruction too, leave its second half alone, and never straddle two pages. Without C, all instructions and sites have
/// four aligned bytes. So sites never overlap.
final class Sites {
    let target: any Target
    private let breakpoint: UInt32
    /// The bytes of each site: 2 or 4.
    let byteCount: Int
    private var table = SiteTable()
    /// Whether the `ebreak`s are in memory, but for those lifted one by one. While guest debug is off none may be: the
    /// guest would take them as its own.
    private(set) var isActive = false

    /// Sites in the memory of `target`, each made of the bytes `breakpoint`: one of the two encodings of `ebreak`.
    init(target: any Target, breakpoint: [UInt8]) {
        self.target = target
        self.breakpoint = UInt32(truncatingIfNeeded: littleEndian(breakpoint))
        byteCount = breakpoint.count
    }

    /// Whether there is any.
    var isEmpty: Bool { table.isEmpty }

    /// The site at `address` whose `ebreak` is in memory.
    func planted(at address: GuestPhysicalAddress) -> Site? {
        guard let site = table[address], site.isPlanted else { return nil }
        return site
    }

    /// Whether an `ebreak` of ours is in memory at `address`.
    func isPlanted(at address: GuestPhysicalAddress) -> Bool { planted(at: address) != nil }

    /// One more user for the site at `address`; the first plants it. Throws `.memory`.
    func add(_ address: GuestPhysicalAddress) throws(TargetError) {
        if let site = table[address] {
            site.users += 1
            return
        }
        let site = Site(address: address, original: try word(at: address), users: 1)
        if isActive { try plant(site) }
        table[address] = site
    }

    /// One user less; the last lifts it. Throws `.memory`.
    func remove(_ address: GuestPhysicalAddress) throws(TargetError) {
        guard let site = table[address] else { return }
        site.users -= 1
        if site.users > 0 { return }
        try lift(site)
        table[address] = nil
    }

    /// Puts all `ebreak`s into memory, or takes all out. Throws `.memory`.
    func setActive(_ active: Bool) throws(TargetError) {
        isActive = active
        for site in table.sites where site.isPlanted != active {
            if active { try plant(site) } else { try lift(site) }
        }
    }

    /// Plants an `ebreak` for one run where no site is, and returns what it stands over; nil where there is an `ebreak`
    /// already. Throws `.memory`.
    func plantTemporarily(at address: GuestPhysicalAddress) throws(TargetError) -> UInt32? {
        if isPlanted(at: address) { return nil }
        let original = try word(at: address)
        // The guest's own ebreak there does as well, and stays.
        if original == breakpoint { return nil }
        try setWord(breakpoint, at: address)
        return original
    }

    /// Takes away what `plantTemporarily` planted over `original`. What the guest wrote over it is its own and stays. Throws
    /// `.memory`.
    func liftTemporary(at address: GuestPhysicalAddress, _ original: UInt32) throws(TargetError) {
        if try word(at: address) == breakpoint { try setWord(original, at: address) }
    }

    /// Looks for planted sites over which the guest has written since: the new bytes are what it wants there, and the `ebreak`
    /// is put over them again. Returns where, lowest first. Throws `.memory`.
    func rearmOverwritten() throws(TargetError) -> [GuestPhysicalAddress] {
        if table.isEmpty { return [] }
        var overwritten: [GuestPhysicalAddress] = []
        table.forEach { site in
            if site.isPlanted, let now = try? word(at: site.address), now != breakpoint {
                overwritten.append(site.address)
            }
        }
        overwritten.sort()
        for address in overwritten {
            guard let site = table[address] else { continue }
            site.isPlanted = false
            try plant(site)
        }
        return overwritten
    }

    /// The two bytes of code at `address`, which is even, as the guest wrote them. Throws `.memory`.
    func halfword(at address: GuestPhysicalAddress) throws(TargetError) -> UInt32 {
        let half = UInt32(truncatingIfNeeded: try TargetAccess.number(of: target, at: address, count: 2))
        if table.isEmpty { return half }
        if let site = table[address], site.isPlanted, half == breakpoint & 0xFFFF { return site.original & 0xFFFF }
        guard byteCount == 4, let site = table[address - 2], site.isPlanted, half == breakpoint >> 16 else {
            return half
        }
        return site.original >> 16
    }

    /// The sites planted in the `count` bytes from `address` on, lowest first: where each begins, and the guest's own bytes.
    func planted(
        in address: GuestPhysicalAddress, count: Int
    ) -> [(address: GuestPhysicalAddress, original: [UInt8])] {
        table.touching(address, count: count, length: byteCount).filter { $0.isPlanted }
            .map { site in (site.address, (0..<byteCount).map { Sites.byte($0, of: site.original) }) }
    }

    /// Memory as the guest wrote it, without our `ebreak`s. Throws `.memory`.
    func read(at address: GuestPhysicalAddress, count: Int) throws(TargetError) -> [UInt8] {
        var bytes = try TargetAccess.memory(of: target, at: address, count: count)
        for site in table.touching(address, count: count, length: byteCount) where site.isPlanted {
            for offset in 0..<byteCount {
                let index = Int(truncatingIfNeeded: (site.address + UInt64(offset)) - address)
                // A byte that is not the ebreak's was written by the guest since.
                if index >= 0 && index < count && bytes[index] == Sites.byte(offset, of: breakpoint) {
                    bytes[index] = Sites.byte(offset, of: site.original)
                }
            }
        }
        return bytes
    }

    /// Writes memory under the sites: what is planted stays, what the guest will see without it is the new bytes.
    /// Throws `.memory`.
    func write(_ bytes: [UInt8], at address: GuestPhysicalAddress) throws(TargetError) {
        let touched = table.touching(address, count: bytes.count, length: byteCount).filter { $0.isPlanted }
        for site in touched { try lift(site) }
        try TargetAccess.setMemory(bytes, of: target, at: address)
        for site in touched { try plant(site) }
    }

    /// Puts the `ebreak` of `site` into memory. Throws `.memory`.
    func plant(_ site: Site) throws(TargetError) {
        if site.isPlanted { return }
        // The guest or the user may have written here since the site was last in memory.
        site.original = try word(at: site.address)
        try setWord(breakpoint, at: site.address)
        site.isPlanted = true
    }

    /// Puts the guest's own bytes back, leaving the site known. Throws `.memory`.
    func lift(_ site: Site) throws(TargetError) {
        if !site.isPlanted { return }
        // What the guest wrote over the site is its own: it stays.
        if try word(at: site.address) == breakpoint { try setWord(site.original, at: site.address) }
        site.isPlanted = false
    }

    private func word(at address: GuestPhysicalAddress) throws(TargetError) -> UInt32 {
        UInt32(truncatingIfNeeded: try TargetAccess.number(of: target, at: address, count: byteCount))
    }

    private func setWord(_ word: UInt32, at address: GuestPhysicalAddress) throws(TargetError) {
        try TargetAccess.setNumber(UInt64(word), of: target, at: address, count: byteCount)
    }

    private static func byte(_ index: Int, of word: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: word >> (8 * UInt32(index)))
    }
}
