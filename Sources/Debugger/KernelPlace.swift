import Guest
import Images
import Symbols
import Target

/// A Linux kernel in a guest's memory, by its header and by its symbols.
enum KernelPlace {
    /// What kernels are loaded at multiples of, and run at: the size of a page of the second level.
    static let alignment = LinuxImage.alignment

    /// Where a kernel's bytes can be in the RAM of `target`, likeliest first: from `start` on, where the loader put one; where the
    /// header of an Image is; anywhere. Throws `.memory`.
    static func candidates(
        in target: any Target, at start: GuestPhysicalAddress?
    ) throws(TargetError) -> [MemoryRegion] {
        var candidates: [MemoryRegion] = []
        for region in target.memory {
            if let start, region.contains(start) {
                candidates.append(MemoryRegion(start: start, byteCount: region.end - start))
            }
        }
        if !candidates.isEmpty { return candidates }
        for region in target.memory {
            var place = region.start + (0 &- region.start.value) % alignment
            while region.contains(place, count: 64) {
                if let size = try size(at: place, of: target) {
                    candidates.append(MemoryRegion(start: place, byteCount: min(size, region.end - place)))
                }
                place = place + alignment
            }
        }
        return candidates + target.memory
    }

    /// How many bytes the Image takes whose header is at `place`; nil where none is (Linux, Documentation/arch/riscv/boot-image-header).
    private static func size(at place: GuestPhysicalAddress, of target: any Target) throws(TargetError) -> UInt64? {
        let magic = try TargetAccess.number(of: target, at: place + 0x30, count: 8)
        // "RISCV", then three zeros.
        guard magic == 0x56_4353_4952 else { return nil }
        let size = try TargetAccess.number(of: target, at: place + 0x10, count: 8)
        return size > 0 ? size : nil
    }

    /// What the kernel whose symbols `entry` has takes in memory (GVA), from what the loader puts at its start on. nil for the
    /// symbols of something else, and where they do not tell.
    static func range(of entry: SymbolTables.Entry) -> AddressRange? {
        guard let end = entry.symbol(named: "_end")?.address else { return nil }
        let start: GuestVirtualAddress
        if let first = entry.symbol(named: "_start")?.address {
            start = first
        } else if let text = (entry.symbol(named: "_text") ?? entry.symbol(named: "_stext"))?.address {
            // Before it are the header and the code that switches paging on.
            start = text - text.value % alignment
        } else {
            return nil
        }
        return end > start ? AddressRange(start, size: end - start) : nil
    }
}
