import Guest
import Target

extension Session {
    /// Shows `body` the `count` bytes from `address` on, in order and without copying them: pieces of the guest's RAM where they
    /// lie, and between them the guest's own bytes where an `ebreak` is planted. A piece is at most 4 MiB long, may be looked
    /// at during the call only, and has neighbours of any length. Ends when `body` returns false.
    ///
    /// Without a guest, it is the program's own bytes. Throws `.noProgram`, `.unmapped` and `.memory` at the first byte that
    /// is not there, after the pieces before it.
    public func forEachPiece(
        at address: GuestAddress, count: UInt64, _ body: (UnsafeRawBufferPointer) -> Bool
    ) throws(DebuggerError) {
        guard let guest else { return try forEachPieceOfProgram(at: address, count, body) }
        try forEachRun(address, count, for: "read") { (physical, count) throws(DebuggerError) in
            do throws(TargetError) { return try guest.sites.forEachPiece(at: physical, count: count, body) } catch {
                throw .target(error)
            }
        }
    }

    private func forEachPieceOfProgram(
        at address: GuestAddress, _ count: UInt64, _ body: (UnsafeRawBufferPointer) -> Bool
    ) throws(DebuggerError) {
        var done: UInt64 = 0
        while done < count {
            let bytes = try readProgram(at: address + done, count: Int(min(count - done, 1 << 20)))
            if !bytes.withUnsafeBytes(body) { return }
            done += UInt64(bytes.count)
        }
    }
}

extension Sites {
    /// As `Session.forEachPiece`, of guest-physical memory in one piece; false when `body` said so. Throws `.memory`.
    func forEachPiece(
        at address: GuestPhysicalAddress, count: Int, _ body: (UnsafeRawBufferPointer) -> Bool
    ) throws(TargetError) -> Bool {
        var goesOn = true
        var done = 0
        for (site, _) in planted(in: address, count: count) {
            // A site can begin before the range, or end behind it.
            let start = site < address ? 0 : Int(site - address)
            let end = min(count, Int(truncatingIfNeeded: site - address) + byteCount)
            if start > done {
                try target.withMemory(at: address + UInt64(done), count: start - done) { goesOn = body($0) }
                if !goesOn { return false }
            }
            // What the guest wrote over a site since is its own, so this is not just the site's original.
            goesOn = try read(at: address + UInt64(start), count: end - start).withUnsafeBytes(body)
            if !goesOn { return false }
            done = end
        }
        if done < count { try target.withMemory(at: address + UInt64(done), count: count - done) { goesOn = body($0) } }
        return goesOn
    }
}
