import CElfutils
import Guest

/// Which instructions of an ELF file come from which source line: DWARF's line tables, read by libdw of elfutils. Nothing is read
/// before it is asked for, and of the tables those alone that are needed, each once.
public final class SourceLines {
    /// The path of the ELF file.
    public let path: String
    private let bytes: [UInt8]
    private let regions: [AddressRange]
    private lazy var units = withDwarf { SourceUnits($0) } ?? SourceUnits()
    private var tables: [UInt64: LineTable] = [:]

    /// Those of the ELF file with the content `bytes`; `path` is its name in messages. Its code lies in `regions`, anywhere where there
    /// are none.
    init(path: String, bytes: [UInt8], regions: [AddressRange]) {
        self.path = path
        self.bytes = bytes
        self.regions = regions
    }

    /// Whether the file tells of no lines, or is damaged so that it cannot.
    public var isEmpty: Bool { units.all.isEmpty }

    /// The line from which the instruction at `address` (GVA) comes; nil where that is not known.
    public func line(at address: GuestVirtualAddress) -> SourceLine? {
        for unit in units.candidates(address.value) {
            let table = table(of: unit)
            let behind = partition(table.spans.count) { table.spans[$0].start <= address.value }
            guard behind > 0, address.value < table.spans[behind - 1].end else { continue }
            let span = table.spans[behind - 1]
            return SourceLine(
                file: table.files[Int(span.file)], number: Int(span.line),
                range: AddressRange(GuestVirtualAddress(span.start), size: span.end - span.start))
        }
        return nil
    }

    /// Where (GVA) a line begins.
    public struct Place: Equatable, Sendable {
        /// The file.
        public let file: SourceFile
        /// The line that has code: the one asked for, or the next in the file that has.
        public let number: Int
        /// The lowest address where a statement of it begins.
        public var address: GuestVirtualAddress
    }

    /// The place of line `number` of the file called `name`, or of the next line behind it that has code; nil where there is none.
    public func place(ofLine number: Int, in name: String) -> Place? {
        var best: Place?
        for unit in units(naming: name) {
            let table = table(of: unit)
            let isWanted = table.files.map { $0.isCalled(name) }
            for statement in table.statements where isWanted[Int(statement.file)] && Int(statement.line) >= number {
                if let best {
                    if Int(statement.line) > best.number { continue }
                    if Int(statement.line) == best.number && statement.address >= best.address.value { continue }
                }
                best = Place(
                    file: table.files[Int(statement.file)], number: Int(statement.line),
                    address: GuestVirtualAddress(statement.address))
            }
        }
        return best
    }

    /// The source file called `name`; nil where none with code is.
    public func file(called name: String) -> SourceFile? {
        for unit in units(naming: name) {
            if let file = table(of: unit).files.first(where: { $0.isCalled(name) }) { return file }
        }
        return nil
    }

    /// The units whose tables name a file called `name`, also one without code.
    private func units(naming name: String) -> [SourceUnits.Unit] {
        let all = units.all
        return withDwarf { dwarf in all.filter { Self.names(dwarf, $0, name) } } ?? []
    }

    private static func names(_ dwarf: OpaquePointer, _ unit: SourceUnits.Unit, _ name: String) -> Bool {
        var die = Dwarf_Die()
        var names: OpaquePointer?
        var count = 0
        guard dwarf_offdie(dwarf, unit.offset, &die) != nil, dwarf_getsrcfiles(&die, &names, &count) == 0, let names
        else { return false }
        for index in 0..<count {
            guard let path = dwarf_filesrc(names, index, nil, nil) else { continue }
            if SourceFile(path: String(cString: path), folder: unit.folder).isCalled(name) { return true }
        }
        return false
    }

    private func table(of unit: SourceUnits.Unit) -> LineTable {
        if let table = tables[unit.table] { return table }
        let read = withDwarf { dwarf -> LineTable? in
            var die = Dwarf_Die()
            guard dwarf_offdie(dwarf, unit.offset, &die) != nil else { return nil }
            return LineTable(&die, folder: unit.folder) { address in
                self.regions.isEmpty || self.regions.contains { $0.contains(GuestVirtualAddress(address)) }
            }
        }
        let table = (read ?? nil) ?? LineTable()
        tables[unit.table] = table
        return table
    }

    /// Has libdw look at the file; nil when it does not take it.
    private func withDwarf<Result>(_ body: (OpaquePointer) -> Result) -> Result? {
        ELFTables.withELF(bytes) { elf -> Result? in
            guard let dwarf = dwarf_begin_elf(elf, DWARF_C_READ, nil) else { return nil }
            defer { dwarf_end(dwarf) }
            return body(dwarf)
        } ?? nil
    }
}
