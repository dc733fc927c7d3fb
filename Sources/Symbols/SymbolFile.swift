import Guest
import Host

/// A file with names for addresses: an ELF file, or a list as a kernel's `System.map`. Its content tells which.
public struct SymbolFile {
    /// The path it was read from.
    public let path: String
    /// The names.
    public let table: SymbolTable
    /// The source lines, of an ELF file that has a table of them.
    public let lines: SourceLines?
    /// What is wrong with its tables, one sentence each.
    public let warnings: [String]

    /// Reads the file at `path`. Throws every case of
    /// `SymbolFileError`.
    public init(path: String) throws(SymbolFileError) {
        let bytes: [UInt8]
        do throws(HostError) { bytes = try Files.read(path) } catch { throw .unreadable(error) }
        try self.init(path: path, bytes: bytes)
    }

    /// The file with the content `bytes`; `path` is its name in messages. Throws every case of `SymbolFileError` but `.unreadable`.
    public init(path: String, bytes: [UInt8]) throws(SymbolFileError) {
        self.path = path
        if ELFSection.isELF(bytes) {
            let tables: ELFTables
            do throws(ELFError) {
                tables = ELFTables.read(try ELFHeader(symbolsOf: path, bytes: bytes), path: path, bytes: bytes)
            } catch { throw .elf(error) }
            let symbols = tables.symbolSection.map { ELFTables.symbols(inSection: $0, bytes: bytes) } ?? []
            if symbols.isEmpty { throw .noSymbols(path: path) }
            warnings = tables.warnings
            let regions = tables.sections.map { $0.range }
            table = SymbolTable(symbols, regions: regions)
            // The file's bytes are kept for it, which can be many.
            let hasLines = ELFSection.exists(".debug_line", in: bytes)
            lines = hasLines ? SourceLines(path: path, bytes: bytes, regions: regions) : nil
        } else {
            // A line of text begins with a digit; what does not is something else.
            guard let first = bytes.first else { throw .noSymbols(path: path) }
            guard first < 0x7F, first >= 0x20 || first == UInt8(ascii: "\n"), !bytes.starts(with: Array("MZ".utf8))
            else {
                throw .otherFile(path: path, found: looks(bytes))
            }
            let map = try SymbolMap(path: path, bytes: bytes)
            warnings = []
            lines = nil
            table = SymbolTable(map.symbols, regions: map.regions)
        }
    }
}
