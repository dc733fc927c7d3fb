import Guest
import RISCV
import Symbols
import Target

extension Session {
    /// `count` bytes from `address` on, as the guest wrote them: a planted `ebreak` is never seen. Without a guest, the program's
    /// own bytes. Throws `.noProgram`, `.unmapped` and `.memory`.
    public func bytes(at address: GuestAddress, count: Int) throws(DebuggerError) -> [UInt8] {
        guard let guest else { return try readProgram(at: address, count: count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        try forEachRun(address, UInt64(max(0, count)), for: "read") { (physical, count) throws(DebuggerError) in
            do throws(TargetError) { bytes += try guest.sites.read(at: physical, count: count) } catch {
                throw .target(error)
            }
            return true
        }
        return bytes
    }

    /// `count` bytes from the guest-virtual `address` on; see `bytes(at:count:)` above.
    public func bytes(at address: GuestVirtualAddress, count: Int) throws(DebuggerError) -> [UInt8] {
        try bytes(at: .virtual(address), count: count)
    }

    /// Throws what an access to the `count` bytes from `address` on would throw; `verb`, "read" or "write", is for the message.
    public func requireMemory(at address: GuestAddress, count: UInt64, for verb: String) throws(DebuggerError) {
        try forEachRun(address, count, for: verb) { (_, _) in true }
    }

    /// Writes `bytes` from `address` on. Throws `.noGuest`, `.unmapped` and `.memory`; nothing is written when a page is
    /// missing.
    public func writeMemory(_ bytes: [UInt8], at address: GuestAddress) throws(DebuggerError) {
        let guest = try requireGuest()
        var pieces: [(GuestPhysicalAddress, Int)] = []
        try forEachRun(address, UInt64(bytes.count), for: "write") { (physical, count) in
            pieces.append((physical, count))
            return true
        }
        var offset = 0
        for (physical, count) in pieces {
            do throws(TargetError) { try guest.sites.write(Array(bytes[offset..<offset + count]), at: physical) } catch
            {
                throw .target(error)
            }
            offset += count
        }
    }

    /// Writes `bytes` from the guest-virtual `address` on; see `writeMemory(_:at:)` above.
    public func writeMemory(_ bytes: [UInt8], at address: GuestVirtualAddress) throws(DebuggerError) {
        try writeMemory(bytes, at: .virtual(address))
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
        try translation(of: address, by: satp).address
    }

    /// What `satp` makes of `address`. Throws `.noGuest` and `.unmapped`.
    func translation(of address: GuestVirtualAddress, by satp: SATP) throws(DebuggerError) -> Translation {
        let target = try requireGuest().target
        let translation = PageTable.translate(address, satp: satp) { (entry) throws(Never) -> UInt64? in
            try? TargetAccess.number(of: target, at: entry, count: 8)
        }
        switch translation {
        case .success(let translation): return translation
        case .failure(let failure): throw .unmapped(address, failure.message(for: address))
        }
    }

    func satp() throws(DebuggerError) -> UInt64 {
        try registerValue(.satp)
    }

    func readProgram(at address: GuestAddress, count: Int) throws(DebuggerError) -> [UInt8] {
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
