import Guest
import RISCV
import Target

/// How a guest-virtual address is translated, step by step.
public struct PageTableWalk: Sendable {
    /// What `satp` was.
    public let satp: SATP
    /// The entries on the way, the failing one included; none while paging is off.
    public let steps: [PageTableStep]
    /// What came of it.
    public let result: Result<Translation, TranslationFailure>
}

extension Session {
    /// Translates the guest-virtual `address` as the guest's hart would now. Throws `.noGuest` and `.target`.
    public func walk(_ address: GuestVirtualAddress) throws(DebuggerError) -> PageTableWalk {
        let target = try requireGuest().target
        let satp = SATP(try registerValue(.satp))
        var steps: [PageTableStep] = []
        let result = PageTable.translate(
            address, satp: satp,
            readEntry: { (slot) throws(Never) -> UInt64? in
                guard let bytes = try? TargetAccess.memory(of: target, at: slot, count: 8) else { return nil }
                return littleEndian(bytes)
            }, visit: { steps.append($0) })
        return PageTableWalk(satp: satp, steps: steps, result: result)
    }

    /// Whether the guest's RAM has a byte at `address`. Without a guest it has none.
    public func isRAM(_ address: GuestPhysicalAddress) -> Bool {
        guest?.target.memory.contains { $0.contains(address) } ?? false
    }

    /// Lists what the guest's page tables map from `first` to `last`, as `PageTableListing` does; nil while its paging is off.
    /// Throws `.noGuest`, `.unmapped` for a reserved mode of satp, and `.target`.
    public func listPageTables(
        from first: GuestVirtualAddress, through last: GuestVirtualAddress, isStopped: @escaping () -> Bool,
        found: @escaping (PageTableRange) -> Bool
    ) throws(DebuggerError) -> PageTableListing.End? {
        let target = try requireGuest().target
        let satp = SATP(try registerValue(.satp))
        if satp.mode == nil {
            throw .unmapped(first, TranslationFailure.unsupportedMode(satp.modeNumber).message(for: first))
        }
        var listing = PageTableListing(
            satp: satp, first: first, last: last,
            readTable: { Session.table(at: $0, of: target) }, isStopped: isStopped, found: found)
        return listing?.run()
    }

    /// The 512 entries of the table at `address`; nil where there is no memory.
    private static func table(at address: GuestPhysicalAddress, of target: any Target) -> [UInt64]? {
        var isRead = true
        let entries = [UInt64](unsafeUninitializedCapacity: 512) { buffer, count in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            do throws(TargetError) { try target.readMemory(at: address, into: bytes) } catch { isRead = false }
            count = isRead ? 512 : 0
            for index in 0..<count { buffer[index] = UInt64(littleEndian: buffer[index]) }
        }
        return isRead ? entries : nil
    }
}
