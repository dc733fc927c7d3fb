import Guest
import RISCV
import Symbols
import Target

extension Session {
    /// The extensions that the guest's vCPU has, as one text, "rv64imafdc_zba_zbb". Throws `.noGuest`.
    public func extensions() throws(DebuggerError) -> String {
        _ = try requireGuest()
        return ISAExtensions.text(of: ISAExtensions.names { (id) throws(Never) -> UInt64? in try? registerValue(id) })
    }

    /// The function that holds `address`: its first address, the first one behind it, and its name; for a physical address
    /// too, while the guest's paging is off and the program is linked elsewhere. One of unknown size ends at the next symbol,
    /// or with its segment. nil where no symbol is near.
    public func function(
        around address: GuestVirtualAddress
    ) -> (start: GuestVirtualAddress, end: GuestVirtualAddress, name: String)? {
        let symbols = symbols
        var linked = address
        if symbols.location(of: address) == nil {
            guard let virtual = virtual(for: GuestPhysicalAddress(address.value)), hasGuest,
                (try? isPagingOn()) == false
            else { return nil }
            linked = virtual
        }
        guard let location = symbols.location(of: linked) else { return nil }
        let symbol = location.symbol
        var size = symbol.size
        if size == 0 {
            let segment = program?.segments.first { $0.range.contains(linked) }
            let next = symbols.nextSymbol(after: linked)
            size = min(segment.map { $0.range.end - symbol.address } ?? .max, next.map { $0 - symbol.address } ?? .max)
            if size == .max { return nil }
        }
        guard size > 0 else { return nil }
        let start = address - location.offset
        return (start, start + size, symbol.name)
    }
}
