import Guest
import RISCV
import Symbols
import Target

extension Session {
    /// `count` bytes from the guest-virtual `address` on, as the guest wrote them: a planted `ebreak` is never seen. Without
    /// a guest, the program's own bytes. Throws `.noProgram`, `.unmapped` and `.memory`.
    public func bytes(at address: GuestVirtualAddress, count: Int) throws(DebuggerError) -> [UInt8] {
        guard let guest else { return try readProgram(at: address, count: count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        try forEachPage(address, count) { (physical, virtual, count) throws(DebuggerError) in
            try guest.requireRAM("read", physical, virtual, count)
            do throws(TargetError) { bytes += try guest.sites.read(at: physical, count: count) } catch {
                throw .target(error)
            }
        }
        return bytes
    }

    /// Writes `bytes` from the guest-virtual `address` on. Throws `.noGuest`, `.unmapped` and `.memory`; nothing is written
    /// when a page is missing.
    public func writeMemory(_ bytes: [UInt8], at address: GuestVirtualAddress) throws(DebuggerError) {
        let guest = try requireGuest()
        var pieces: [(GuestPhysicalAddress, GuestVirtualAddress, Int)] = []
        try forEachPage(address, bytes.count) { (physical, virtual, count) throws(DebuggerError) in
            try guest.requireRAM("write", physical, virtual, count)
            pieces.append((physical, virtual, count))
        }
        var offset = 0
        for (physical, _, count) in pieces {
            do throws(TargetError) { try guest.sites.write(Array(bytes[offset..<offset + count]), at: physical) } catch
            {
                throw .target(error)
            }
            offset += count
        }
    }

    /// Whether the guest's paging is on (satp's mode is not Bare). Throws `.noGuest` and `.target`.
    public func isPagingOn() throws(DebuggerError) -> Bool {
        try satp() >> 60 != 0
    }

    /// The guest-physical address of the guest-virtual `address`: by the guest's page tables, equal while its paging is off.
    /// Throws `.noGuest`, `.unmapped` and `.target`.
    public func translate(_ address: GuestVirtualAddress) throws(DebuggerError) -> GuestPhysicalAddress {
        let satp = SATP(try satp())
        return satp.modeNumber == 0 ? GuestPhysicalAddress(address.value) : try translate(address, by: satp)
    }

    func translate(
        _ address: GuestVirtualAddress, by satp: SATP
    ) throws(DebuggerError) -> GuestPhysicalAddress {
        let target = try requireGuest().target
        let translation = PageTable.translate(address, satp: satp) { (entry) throws(Never) -> UInt64? in
            try? TargetAccess.number(of: target, at: entry, count: 8)
        }
        switch translation {
        case .success(let translation): return translation.address
        case .failure(let failure): throw .unmapped(address, failure.message(for: address))
        }
    }

    private func satp() throws(DebuggerError) -> UInt64 {
        try registerValue(.satp)
    }

    /// Cuts a virtual range at the guest's page edges: neighbours in virtual memory need not be neighbours in physical.
    private func forEachPage(
        _ address: GuestVirtualAddress, _ count: Int,
        _ body: (GuestPhysicalAddress, GuestVirtualAddress, Int) throws(DebuggerError) -> Void
    ) throws(DebuggerError) {
        let satp = SATP(try satp())
        if satp.mode == .bare {
            if count > 0 { try body(GuestPhysicalAddress(address.value), address, count) }
            return
        }
        var done = 0
        while done < count {
            let virtual = address + UInt64(done)
            let piece = min(count - done, 4096 - Int(virtual.value & 4095))
            try body(try translate(virtual, by: satp), virtual, piece)
            done += piece
        }
    }

    private func readProgram(at address: GuestVirtualAddress, count: Int) throws(DebuggerError) -> [UInt8] {
        guard let program else { throw .noProgram }
        guard let bytes = program.bytes(at: address, count: count) else {
            throw .memory(
                "read", address,
                "there is no guest yet, and no segment of \"\(program.path)\" has \(count) bytes there. "
                    + "Start the guest with \"start\".")
        }
        return bytes
    }
}

extension Session.Guest {
    /// Throws `.memory` unless all of `count` bytes at `physical`, which the guest knows as `virtual`, are RAM.
    fileprivate func requireRAM(
        _ verb: String, _ physical: GuestPhysicalAddress, _ virtual: GuestVirtualAddress, _ count: Int
    ) throws(DebuggerError) {
        if target.memory.contains(where: { $0.contains(physical, count: UInt64(count)) }) { return }
        let missing = target.memory.first { $0.contains(physical) }?.end ?? physical
        var ranges: [String] = []
        for region in target.memory { ranges.append("\(region.start.description) to \((region.end - 1).description)") }
        throw .memory(
            verb, virtual,
            "GPA \(missing.description) is not in the guest's RAM, which is \(ranges.joined(separator: ", ")).")
    }
}

extension ELFFile {
    /// The `count` bytes that the loader puts at the virtual `address`, zeros where a segment has no bytes in the file; nil
    /// when no segment has them all.
    fileprivate func bytes(at address: GuestVirtualAddress, count: Int) -> [UInt8]? {
        guard let segment = segments.first(where: { $0.range.contains(address) }) else { return nil }
        let offset = address - segment.virtual
        guard count >= 0, UInt64(count) <= segment.memorySize - offset else { return nil }
        let start = Int(clamping: offset)
        var bytes = Array(segment.bytes.dropFirst(start).prefix(count))
        bytes += [UInt8](repeating: 0, count: count - bytes.count)
        return bytes
    }
}
