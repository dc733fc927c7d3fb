import CElfutils
import Guest

/// Sections and symbols, by libelf. Damage here costs names, not the guest: it becomes warnings.
struct ELFTables {
    private(set) var sections: [ELFFile.Section] = []
    private(set) var warnings: [String] = []
    /// The section with the symbols: .symtab, else .dynsym.
    private(set) var symbolSection: Int?

    static func read(_ header: ELFHeader, path: String, bytes: [UInt8]) -> ELFTables {
        var tables = ELFTables()
        let elf = header.elf
        if elf.e_shoff == 0 { return tables }
        let (end, overflow) = elf.e_shoff.addingReportingOverflow(UInt64(elf.e_shnum) * UInt64(elf.e_shentsize))
        if elf.e_shnum == 0 || Int(elf.e_shentsize) != MemoryLayout<Elf64_Shdr>.size {
            tables.warn(path, "its section header table makes no sense", "there are no sections and no symbols")
        } else if overflow || end > UInt64(bytes.count) {
            tables.warn(
                path, "its section header table reaches beyond the end of the file",
                "there are no sections and no symbols")
        } else if withELF(bytes, { tables.collect($0, path) }) == nil {
            tables.warn(path, "libelf refuses it (\(lastError()))", "there are no sections and no symbols")
        }
        return tables
    }

    /// Has libelf look at `bytes`; nil when it does not take them.
    static func withELF<Result>(_ bytes: [UInt8], _ body: (OpaquePointer) -> Result) -> Result? {
        bytes.withUnsafeBufferPointer { buffer in
            // SAFETY: libelf takes a mutable pointer but only reads, and is done with the bytes at `elf_end`.
            guard let base = UnsafeMutableRawPointer(mutating: buffer.baseAddress),
                elf_version(UInt32(EV_CURRENT)) != 0,
                let elf = elf_memory(base.assumingMemoryBound(to: CChar.self), buffer.count)
            else { return nil }
            defer { elf_end(elf) }
            return body(elf)
        }
    }

    private static func lastError() -> String { String(cString: elfutils_error()) }

    private mutating func warn(_ path: String, _ damage: String, _ consequence: String) {
        warnings.append("\"\(path)\" is damaged: \(damage); \(consequence).")
    }

    private mutating func collect(_ elf: OpaquePointer, _ path: String) {
        var nameSection = 0
        if elf_getshdrstrndx(elf, &nameSection) != 0 { nameSection = 0 }
        var names = ELFStrings(elf, section: nameSection)
        var dynamic: Int?
        var section = elf_nextscn(elf, nil)
        while let current = section {
            defer { section = elf_nextscn(elf, current) }
            guard let header = elf64_getshdr(current)?.pointee else { continue }
            switch Int32(bitPattern: header.sh_type) {
            case SHT_SYMTAB: symbolSection = symbolSection ?? elf_ndxscn(current)
            case SHT_DYNSYM: dynamic = dynamic ?? elf_ndxscn(current)
            default: break
            }
            guard header.sh_flags & UInt64(SHF_ALLOC) != 0, header.sh_size > 0 else { continue }
            sections.append(
                ELFFile.Section(
                    name: names?.string(at: header.sh_name) ?? "?",
                    range: AddressRange(GuestVirtualAddress(header.sh_addr), size: header.sh_size),
                    isWritable: header.sh_flags & UInt64(SHF_WRITE) != 0,
                    isExecutable: header.sh_flags & UInt64(SHF_EXECINSTR) != 0,
                    hasContents: header.sh_type != UInt32(SHT_NOBITS)))
        }
        if names == nil { warn(path, "its section names cannot be read", "sections are shown as \"?\"") }
        guard let index = symbolSection ?? dynamic else { return }
        if ELFSymbols(elf, section: index) == nil {
            warn(path, "its symbol table cannot be read (\(Self.lastError()))", "there are no symbols")
            symbolSection = nil
        } else {
            symbolSection = index
        }
    }

    /// The symbols in section `index` that name an address.
    static func symbols(inSection index: Int, bytes: [UInt8]) -> [Symbol] {
        let symbols: [Symbol]?? = withELF(bytes) { ELFSymbols($0, section: index)?.symbols() }
        return (symbols ?? nil) ?? []
    }
}
