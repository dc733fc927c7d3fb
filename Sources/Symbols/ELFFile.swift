import Guest
import Host

/// A guest program: an ELF file for 64-bit little-endian RISC-V that is linked to fixed addresses (`ET_EXEC`).
///
/// The file is read once, as a whole: what happens to it afterwards changes nothing here. The specification is the
/// System V ABI, chapters 4 and 5, with the RISC-V ELF psABI.
public final class ELFFile {
    /// The path it was read from.
    public let path: String
    /// Where the guest begins (`e_entry`, GVA).
    public let entry: GuestVirtualAddress
    /// What goes into memory, in the order of the program headers; at least one.
    public let segments: [Segment]
    /// The named parts of memory (`SHF_ALLOC`) in the order of the section headers; empty when the file has none.
    public let sections: [Section]
    /// What is wrong with the section and symbol tables, one sentence each. The guest can be loaded all the same.
    public let warnings: [String]

    let bytes: [UInt8]
    private let symbolSection: Int?

    /// Reads the file at `path`. Throws every case of `ELFError`.
    public convenience init(path: String) throws(ELFError) {
        let bytes: [UInt8]
        do throws(HostError) { bytes = try Files.read(path, isRegular: true) } catch { throw .unreadable(error) }
        try self.init(path: path, bytes: bytes)
    }

    /// The file with the content `bytes`; `path` is its name in messages. Throws every case of `ELFError` but
    /// `.unreadable`.
    public init(path: String, bytes: [UInt8]) throws(ELFError) {
        let header = try ELFHeader(path: path, bytes: bytes)
        let tables = ELFTables.read(header, path: path, bytes: bytes)
        self.path = path
        self.bytes = bytes
        entry = header.entry
        segments = header.segments
        sections = tables.sections
        warnings = tables.warnings
        symbolSection = tables.symbolSection
    }

    /// The names of addresses; read when they are first asked for.
    public private(set) lazy var symbols: SymbolTable = {
        let regions = sections.isEmpty ? segments.map { $0.range } : sections.map { $0.range }
        return SymbolTable(symbolSection.map { ELFTables.symbols(inSection: $0, bytes: bytes) } ?? [], regions: regions)
    }()

    /// The source lines of its code; read when they are first asked for.
    public private(set) lazy var lines = SourceLines(path: path, bytes: bytes, regions: sections.map { $0.range })
}
