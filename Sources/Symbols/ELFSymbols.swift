import CElfutils
import Guest

/// A symbol table section, valid as long as its `Elf`.
struct ELFSymbols {
    private let entries: UnsafeRawBufferPointer
    private let names: ELFStrings

    /// The symbol table in section `index`; nil when it or its names cannot be read.
    init?(_ elf: OpaquePointer, section index: Int) {
        guard let section = elf_getscn(elf, index), let header = elf64_getshdr(section),
            let data = elf_getdata(section, nil), let start = data.pointee.d_buf,
            let names = ELFStrings(elf, section: Int(header.pointee.sh_link))
        else { return nil }
        // SAFETY: libelf has checked that the section lies inside the file; the bytes live as long as `elf`.
        entries = UnsafeRawBufferPointer(start: start, count: data.pointee.d_size)
        self.names = names
    }

    /// Those that name an address, in the order of the table.
    func symbols() -> [Symbol] {
        var names = names
        var symbols: [Symbol] = []
        let size = MemoryLayout<Elf64_Sym>.size
        symbols.reserveCapacity(entries.count / size)
        for index in 0..<entries.count / size {
            // SAFETY: the index is below the number of whole entries.
            let entry = entries.loadUnaligned(fromByteOffset: index * size, as: Elf64_Sym.self)
            if let symbol = Self.symbol(entry, &names) { symbols.append(symbol) }
        }
        return symbols
    }

    private static func symbol(_ entry: Elf64_Sym, _ names: inout ELFStrings) -> Symbol? {
        let section = Int32(entry.st_shndx)
        guard section != SHN_UNDEF, section != SHN_COMMON, let kind = kind(entry.st_info & 0xF),
            let name = names.string(at: entry.st_name), !name.isEmpty, !isInternal(name)
        else { return nil }
        return Symbol(
            name, at: GuestVirtualAddress(entry.st_value), size: entry.st_size, kind: kind,
            binding: binding(entry.st_info >> 4), isAbsolute: section == SHN_ABS)
    }

    private static func kind(_ type: UInt8) -> Symbol.Kind? {
        switch Int32(type) {
        case STT_FUNC, STT_GNU_IFUNC: return .function
        case STT_OBJECT: return .object
        case STT_NOTYPE: return .untyped
        default: return nil
        }
    }

    private static func binding(_ binding: UInt8) -> Symbol.Binding {
        switch Int32(binding) {
        case STB_LOCAL: return .local
        case STB_WEAK: return .weak
        default: return .global
        }
    }

    /// Mapping symbols (`$x`, `$d`, `$xrv64…`: RISC-V ELF psABI, "Mapping Symbol") and the compiler's labels (`.L…`).
    static func isInternal(_ name: String) -> Bool {
        let name = name.utf8
        return name.starts(with: "$x".utf8) || name.starts(with: "$d".utf8) || name.starts(with: ".L".utf8)
    }
}
