import Guest
import RISCV
import Target

extension Session {
    /// Cuts the `count` bytes from `address` on into runs that lie in one piece in guest-physical memory, at most `runLimit` bytes
    /// long, lowest first; neighbours in virtual memory need not be neighbours in physical. `verb` is what the caller wants
    /// to do, for messages. Ends when `body` returns false.
    ///
    /// Throws `.noGuest`, `.unmapped` and `.memory` at the first byte that is not there, after the runs before it; and what
    /// `body` throws.
    func forEachRun(
        _ address: GuestAddress, _ count: UInt64, for verb: String,
        _ body: (GuestPhysicalAddress, Int) throws(DebuggerError) -> Bool
    ) throws(DebuggerError) {
        let regions = try requireGuest().target.memory
        if count == 0 { return }
        var satp: SATP?
        if case .virtual = address { satp = SATP(try self.satp()) }
        if let bits = satp, bits.mode == .bare { satp = nil }
        var run: (start: GuestPhysicalAddress, count: UInt64) = (GuestPhysicalAddress(address.value), 0)
        var done: UInt64 = 0
        while done < count {
            var piece = (start: GuestPhysicalAddress(address.value &+ done), count: count - done)
            if let satp, case .virtual(let virtual) = address {
                do { piece = try self.piece(virtual + done, count - done, satp) } catch {
                    if run.count > 0, try !body(run.start, Int(run.count)) { return }
                    throw error.after(done, from: address, verb)
                }
            }
            let region = regions.first { $0.contains(piece.start) }
            let inRAM = region.map { min(piece.count, $0.byteCount - (piece.start - $0.start)) } ?? 0
            // Regions that touch in the guest's memory need not touch in the host's.
            let goesOn = piece.start == run.start + run.count && region.map { $0.contains(run.start) } ?? true
            if !goesOn || run.count == Self.runLimit {
                if run.count > 0, try !body(run.start, Int(run.count)) { return }
                run = (piece.start, 0)
            }
            let taken = min(inRAM, Self.runLimit - run.count)
            run.count += taken
            done += taken
            if inRAM == 0 {
                if run.count > 0, try !body(run.start, Int(run.count)) { return }
                throw Self.notInRAM(verb, piece.start, address + done, regions).after(done, from: address, verb)
            }
        }
        if run.count > 0 { _ = try body(run.start, Int(run.count)) }
    }

    /// So long that the cost of a run does not show, so short that Ctrl-C between two of them is noticed at once.
    private static var runLimit: UInt64 { 4 << 20 }

    /// The rest of the page in which `address` lies, at most `count` bytes.
    private func piece(
        _ address: GuestVirtualAddress, _ count: UInt64, _ satp: SATP
    ) throws(DebuggerError) -> (start: GuestPhysicalAddress, count: UInt64) {
        let translation = try translation(of: address, by: satp)
        let page = translation.pageByteCount ?? 4096
        return (translation.address, min(count, page - address.value & (page - 1)))
    }

    /// The error that the byte at `physical`, which the user knows as `address`, is no RAM.
    private static func notInRAM(
        _ verb: String, _ physical: GuestPhysicalAddress, _ address: GuestAddress, _ regions: [MemoryRegion]
    ) -> DebuggerError {
        var ranges: [String] = []
        for region in regions { ranges.append("\(region.start.description) to \((region.end - 1).description)") }
        return .memory(
            verb, address,
            "GPA \(physical.description) is not in the guest's RAM, which is \(ranges.joined(separator: ", ")).")
    }
}

extension DebuggerError {
    /// The error with how far memory goes that can be reached: `count` bytes from `address` on.
    fileprivate func after(_ count: UInt64, from address: GuestAddress, _ verb: String) -> DebuggerError {
        if count == 0 { return self }
        let bytes = count == 1 ? "The byte" : "The \(count) bytes"
        let reach =
            verb == "read"
            ? " \(bytes) before it, from \(address.description) on, can be read." : " Nothing was written."
        switch self {
        case .unmapped(let place, let sentence): return .unmapped(place, sentence + reach)
        case .memory(let verb, let place, let why): return .memory(verb, place, why + reach)
        default: return self
        }
    }
}
