import Guest
import RISCV
import Symbols
import Target

extension Session {
    /// The extensions that the guest's vCPU has, as one text, "rv64imafdc_zba_zbb" (RISC-V unprivileged specification, "ISA
    /// Extension Naming Conventions"). A system call for each. Throws `.noGuest` and `.target`.
    public func extensions() throws(DebuggerError) -> String {
        var letters: [String] = []
        var names: [String] = []
        for id in try registerList() {
            let register = registers.register(for: id)
            guard register.group == .isa, register.name.utf8.starts(with: "isa.".utf8) else { continue }
            let name = String(register.name.dropFirst(4))
            // A number: an extension that is younger than this program.
            guard let first = name.utf8.first, first >= UInt8(ascii: "a"), try registerValue(id) == 1 else { continue }
            if name.utf8.count == 1 { letters.append(name) } else { names.append(name) }
        }
        var text = "rv64"
        for letter in ["i", "m", "a", "f", "d", "c", "v", "h"] where letters.contains(letter) { text += letter }
        return text + names.sorted().map { "_" + $0 }.joined()
    }

    /// The function that holds `address`: its first address, the first one behind it, and its name; for a physical address
    /// too, while the guest's paging is off and the program is linked elsewhere. One of unknown size ends at the next symbol,
    /// or with its segment. nil where no symbol is near.
    public func function(
        around address: GuestVirtualAddress
    ) -> (start: GuestVirtualAddress, end: GuestVirtualAddress, name: String)? {
        guard let program else { return nil }
        var linked = address
        if program.symbols.location(of: address) == nil {
            guard let virtual = program.virtual(for: GuestPhysicalAddress(address.value)), hasGuest,
                (try? isPagingOn()) == false
            else { return nil }
            linked = virtual
        }
        guard let location = program.symbols.location(of: linked) else { return nil }
        let symbol = location.symbol
        var size = symbol.size
        if size == 0 {
            let segment = program.segments.first { $0.range.contains(linked) }
            size = segment.map { $0.range.end - symbol.address } ?? 0
            for other in program.symbols.symbols where !other.isAbsolute && other.address > linked {
                size = min(size, other.address - symbol.address)
            }
        }
        guard size > 0 else { return nil }
        let start = address - location.offset
        return (start, start + size, symbol.name)
    }
}
