import Guest
import RISCV
import Target

/// The guest's virtual memory as its page tables have it now.
struct AddressSpace {
    let satp: SATP
    let ram: GuestRAM

    /// The translation of `address`; nil where there is none.
    func translate(_ address: GuestVirtualAddress) -> Translation? {
        let result = PageTable.translate(address, satp: satp) { (entry) throws(Never) -> UInt64? in
            ram.word(at: entry, count: 8)
        }
        return try? result.get()
    }

    /// The guest-physical addresses of the page-table entries by which `address` is translated.
    func entries(for address: GuestVirtualAddress) -> [GuestPhysicalAddress] {
        var entries: [GuestPhysicalAddress] = []
        _ = PageTable.translate(address, satp: satp) { (entry) throws(Never) -> UInt64? in
            entries.append(entry)
            return ram.word(at: entry, count: 8)
        }
        return entries
    }

    /// The physical regions of `count` bytes, at most a page, from `address` on: two where they straddle an edge of pages.
    func regions(of address: GuestVirtualAddress, count: Int) -> [MemoryRegion]? {
        guard let first = translate(address)?.address else { return nil }
        let upToEdge = GuestRAM.pageSize - (address.value & (GuestRAM.pageSize - 1))
        let total = UInt64(count)
        if total <= upToEdge { return [MemoryRegion(start: first, byteCount: total)] }
        guard let second = translate(address + upToEdge)?.address else { return nil }
        return [
            MemoryRegion(start: first, byteCount: upToEdge), MemoryRegion(start: second, byteCount: total - upToEdge),
        ]
    }

    /// The instruction at `address` as it is in memory, with our ebreaks if there are any; nil where there is none.
    func instruction(at address: GuestVirtualAddress) -> Instruction? {
        guard let low = halfword(at: address) else { return nil }
        if low & 0b11 != 0b11 { return Instruction(low) }
        guard let high = halfword(at: address + 2) else { return nil }
        return Instruction(low | high << 16)
    }

    private func halfword(at address: GuestVirtualAddress) -> UInt32? {
        translate(address).flatMap { ram.word(at: $0.address, count: 2) }.map { UInt32(truncatingIfNeeded: $0) }
    }
}
