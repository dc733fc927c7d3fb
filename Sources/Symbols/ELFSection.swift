import CElfutils

/// The contents of named sections of ELF files, whatever machine and kind of file they are for.
public enum ELFSection {
    /// Whether `bytes` begin as an ELF file does.
    public static func isELF(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) }

    /// The contents of the section `name` of the 64-bit ELF file `bytes`; nil where it has none, and where it is damaged.
    public static func contents(of name: String, in bytes: [UInt8]) -> [UInt8]? {
        place(of: name, in: bytes).map { Array(bytes[$0]) }
    }

    /// Whether the 64-bit ELF file `bytes` has a section `name`; false where that is damaged.
    public static func exists(_ name: String, in bytes: [UInt8]) -> Bool { place(of: name, in: bytes) != nil }

    static func place(of name: String, in bytes: [UInt8]) -> Range<Int>? {
        ELFTables.withELF(bytes) { (elf) -> Range<Int>? in
            var nameSection = 0
            guard elf_getshdrstrndx(elf, &nameSection) == 0, var names = ELFStrings(elf, section: nameSection) else {
                return nil
            }
            var section = elf_nextscn(elf, nil)
            while let current = section {
                defer { section = elf_nextscn(elf, current) }
                guard let header = elf64_getshdr(current)?.pointee, header.sh_type != UInt32(SHT_NOBITS),
                    names.string(at: header.sh_name) == name
                else { continue }
                guard let start = Int(exactly: header.sh_offset), let count = Int(exactly: header.sh_size),
                    start <= bytes.count, count <= bytes.count - start
                else { return nil }
                return start..<start + count
            }
            return nil
        } ?? nil
    }
}

extension ELFFile {
    /// The contents of the section `name` of the file; nil where it has none.
    public func contents(ofSection name: String) -> [UInt8]? { ELFSection.contents(of: name, in: bytes) }
}
