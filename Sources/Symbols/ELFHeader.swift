import CElfutils
import Guest

/// The ELF header and the program headers, checked before anything else looks at the file.
///
/// They are read here and not by libelf, which silently shortens a program header table that reaches beyond the file.
struct ELFHeader {
    let entry: GuestVirtualAddress
    let segments: [ELFFile.Segment]
    let elf: Elf64_Ehdr

    /// That of a guest. Throws every case of `ELFError` but `.unreadable`.
    init(path: String, bytes: [UInt8]) throws(ELFError) {
        elf = try Self.header(path, bytes)
        try Self.checkType(path, elf.e_type)
        entry = GuestVirtualAddress(elf.e_entry)
        segments = try Self.segments(path, bytes, elf)
    }

    /// That of a file of which the symbols alone are wanted: a relocatable kernel is of the type `ET_DYN`, and a file of debugging
    /// information has no contents for its segments. Throws as above, but for what is wrong with segments.
    init(symbolsOf path: String, bytes: [UInt8]) throws(ELFError) {
        elf = try Self.header(path, bytes)
        if Int32(elf.e_type) != ET_DYN { try Self.checkType(path, elf.e_type) }
        entry = GuestVirtualAddress(elf.e_entry)
        segments = []
    }

    private static func header(_ path: String, _ bytes: [UInt8]) throws(ELFError) -> Elf64_Ehdr {
        try checkIdentity(path, bytes)
        let elf: Elf64_Ehdr = try load(path, bytes, "the ELF header", at: 0)
        guard Int32(elf.e_machine) == EM_RISCV else {
            throw .otherMachine(path: path, found: machineName(elf.e_machine))
        }
        return elf
    }

    private static func checkIdentity(_ path: String, _ bytes: [UInt8]) throws(ELFError) {
        guard ELFSection.isELF(bytes) else { throw .notELF(path: path, found: looks(bytes)) }
        guard bytes.count >= Int(EI_NIDENT) else {
            throw .truncated(path: path, what: "the ELF header", end: 64, size: UInt64(bytes.count))
        }
        switch Int32(bytes[Int(EI_CLASS)]) {
        case ELFCLASS64: break
        case ELFCLASS32: throw .otherClass(path: path, found: "a 32-bit")
        case let other: throw .otherClass(path: path, found: "an unknown kind (class \(other)) of")
        }
        switch Int32(bytes[Int(EI_DATA)]) {
        case ELFDATA2LSB: break
        case ELFDATA2MSB: throw .otherByteOrder(path: path, found: "big-endian")
        case let other: throw .otherByteOrder(path: path, found: "unknown (\(other))")
        }
    }

    private static func checkType(_ path: String, _ type: UInt16) throws(ELFError) {
        switch Int32(type) {
        case ET_EXEC: return
        case ET_REL:
            throw .otherType(path: path, found: "a relocatable object file", remedy: "Link it to an executable first.")
        case ET_DYN:
            throw .otherType(
                path: path, found: "a shared library or a position-independent executable",
                remedy: "Link it with -static -no-pie.")
        case ET_CORE:
            throw .otherType(path: path, found: "a core dump", remedy: "Give the executable that it was made of.")
        default:
            throw .otherType(path: path, found: "of the unknown ELF type \(type)", remedy: "Link it to an executable.")
        }
    }

    private static func segments(
        _ path: String, _ bytes: [UInt8], _ elf: Elf64_Ehdr
    ) throws(ELFError) -> [ELFFile.Segment] {
        let size = UInt64(MemoryLayout<Elf64_Phdr>.size)
        guard elf.e_phnum > 0 else { throw .noLoadableSegment(path: path) }
        guard elf.e_phentsize == size else {
            throw .badProgramHeaders(path: path, "each has \(elf.e_phentsize) bytes instead of \(size)")
        }
        guard elf.e_phnum < PN_XNUM else {
            throw .badProgramHeaders(path: path, "there are more than \(PN_XNUM - 1) of them")
        }
        try check(path, bytes, "the program header table", elf.e_phoff, UInt64(elf.e_phnum) * size)
        var segments: [ELFFile.Segment] = []
        for index in 0..<Int(elf.e_phnum) {
            let header: Elf64_Phdr = try load(
                path, bytes, "program header \(index)", at: elf.e_phoff + UInt64(index) * size)
            guard header.p_type == UInt32(PT_LOAD) else { continue }
            guard header.p_filesz <= header.p_memsz else {
                throw .segmentTooSmall(
                    path: path, index: index, fileSize: header.p_filesz, memorySize: header.p_memsz)
            }
            try check(path, bytes, "the content of program header \(index)", header.p_offset, header.p_filesz)
            if header.p_memsz > 0 { segments.append(segment(index, header, bytes)) }
        }
        guard !segments.isEmpty else { throw .noLoadableSegment(path: path) }
        return segments
    }

    private static func segment(_ index: Int, _ header: Elf64_Phdr, _ bytes: [UInt8]) -> ELFFile.Segment {
        let start = header.p_filesz == 0 ? 0 : Int(header.p_offset)
        return ELFFile.Segment(
            index: index, physical: GuestPhysicalAddress(header.p_paddr), virtual: GuestVirtualAddress(header.p_vaddr),
            fileSize: header.p_filesz, memorySize: header.p_memsz,
            isReadable: header.p_flags & UInt32(PF_R) != 0, isWritable: header.p_flags & UInt32(PF_W) != 0,
            isExecutable: header.p_flags & UInt32(PF_X) != 0, bytes: bytes[start..<start + Int(header.p_filesz)])
    }

    /// Throws `.truncated` when the file does not hold `size` bytes from `offset` on.
    private static func check(
        _ path: String, _ bytes: [UInt8], _ what: String, _ offset: UInt64, _ size: UInt64
    ) throws(ELFError) {
        let (end, overflow) = offset.addingReportingOverflow(size)
        guard size > 0, overflow || end > UInt64(bytes.count) else { return }
        throw .truncated(path: path, what: what, end: overflow ? .max : end, size: UInt64(bytes.count))
    }

    private static func load<T: BitwiseCopyable>(
        _ path: String, _ bytes: [UInt8], _ what: String, at offset: UInt64
    ) throws(ELFError) -> T {
        try check(path, bytes, what, offset, UInt64(MemoryLayout<T>.size))
        // SAFETY: `check` has shown that the whole structure lies inside the file; any bits are a valid value of it.
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: Int(offset), as: T.self) }
    }
}
