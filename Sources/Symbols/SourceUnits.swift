import CElfutils

/// The compilation units of DWARF that have a line table.
struct SourceUnits {
    /// A unit; where several share a table, the first of them.
    struct Unit {
        /// Where its entry stands in `.debug_info`.
        let offset: UInt64
        /// Where its table stands in `.debug_line`.
        let table: UInt64
        /// The folder that the compiler worked in; empty where it did not say.
        let folder: String
    }

    /// Addresses (GVA) of a unit's code.
    private struct Range {
        let start: UInt64
        let end: UInt64
        let unit: Int
    }

    /// All of them, in the order in which they stand in the file.
    private(set) var all: [Unit] = []
    /// By address.
    private var ranges: [Range] = []
    /// The units that do not tell where their code is.
    private var elsewhere: [Int] = []

    /// Ranges of more are those of damaged units, of which many can name the same.
    private static let rangeLimit = 1 << 21

    /// None.
    init() {}

    /// Those of `dwarf`, up to the first that libdw refuses.
    init(_ dwarf: OpaquePointer) {
        var indices: [UInt64: Int] = [:]
        var offset: Dwarf_Off = 0
        while true {
            var next: Dwarf_Off = 0
            var headerSize = 0
            guard dwarf_nextcu(dwarf, offset, &next, &headerSize, nil, nil, nil) == 0, next > offset else { break }
            defer { offset = next }
            var die = Dwarf_Die()
            guard dwarf_offdie(dwarf, offset + UInt64(headerSize), &die) != nil,
                Int(dwarf_tag(&die)) == DW_TAG_compile_unit,
                let table = Self.number(DW_AT_stmt_list, of: &die)
            else { continue }
            let unit = indices[table] ?? all.count
            if unit == all.count {
                let folder = Self.text(DW_AT_comp_dir, of: &die) ?? ""
                all.append(Unit(offset: offset + UInt64(headerSize), table: table, folder: folder))
                indices[table] = unit
            }
            addRanges(of: &die, unit)
        }
        ranges.sort { $0.start < $1.start }
    }

    /// The units that may have code at `address` (GVA), most likely one first.
    func candidates(_ address: UInt64) -> [Unit] {
        let behind = partition(ranges.count) { ranges[$0].start <= address }
        var units = elsewhere.map { all[$0] }
        if behind > 0, address < ranges[behind - 1].end { units.insert(all[ranges[behind - 1].unit], at: 0) }
        return units
    }

    private mutating func addRanges(of die: inout Dwarf_Die, _ unit: Int) {
        var (base, start, end): (Dwarf_Addr, Dwarf_Addr, Dwarf_Addr) = (0, 0, 0)
        var position = 0
        var hasRange = false
        while ranges.count < Self.rangeLimit {
            position = dwarf_ranges(&die, position, &base, &start, &end)
            if position <= 0 { break }
            if start >= end { continue }
            hasRange = true
            ranges.append(Range(start: start, end: end, unit: unit))
        }
        if !hasRange || position < 0, elsewhere.last != unit { elsewhere.append(unit) }
    }

    private static func number(_ attribute: Int, of die: inout Dwarf_Die) -> UInt64? {
        var found = Dwarf_Attribute()
        var number: Dwarf_Word = 0
        guard dwarf_attr(&die, UInt32(attribute), &found) != nil, dwarf_formudata(&found, &number) == 0 else {
            return nil
        }
        return number
    }

    private static func text(_ attribute: Int, of die: inout Dwarf_Die) -> String? {
        var found = Dwarf_Attribute()
        guard dwarf_attr(&die, UInt32(attribute), &found) != nil, let text = dwarf_formstring(&found) else {
            return nil
        }
        return String(cString: text)
    }
}
