/// Writes the DWARF of one compilation unit (version 4) with its line table, for an ELF file made by hand.
struct DWARFBuilder {
    struct Row {
        var address: UInt64
        var file: UInt8
        var line: Int
        var isStatement = true
    }

    /// The unit's name is that of the first.
    var files = ["count.c"]
    var folder = "/nowhere"
    /// By address; `end` is behind the last.
    var rows: [Row] = []
    var end: UInt64 = 0
    /// Whether the unit says where its code is.
    var hasRange = true

    func sections() -> [ELFBuilder.Section] {
        [
            .init(name: ".debug_abbrev", flags: 0, content: abbreviations),
            .init(name: ".debug_info", flags: 0, content: information),
            .init(name: ".debug_line", flags: 0, content: lines),
        ]
    }

    /// DW_TAG_compile_unit without children: DW_AT_name, DW_AT_comp_dir, DW_AT_stmt_list, DW_AT_low_pc, DW_AT_high_pc.
    private var abbreviations: [UInt8] {
        [1, 0x11, 0, 0x03, 0x08, 0x1B, 0x08, 0x10, 0x17] + (hasRange ? [0x11, 0x01, 0x12, 0x07] : []) + [0, 0, 0]
    }

    private var information: [UInt8] {
        let start = rows.first?.address ?? 0
        var entry: [UInt8] = [1] + text(files[0]) + text(folder) + little(UInt32(0))
        if hasRange { entry += little(start) + little(end - start) }
        let unit = little(UInt16(4)) + little(UInt32(0)) + [8] + entry
        return little(UInt32(unit.count)) + unit
    }

    private var lines: [UInt8] {
        // The least instruction, the default of is_stmt, the special opcodes, and how many operands the standard ones have.
        var header: [UInt8] = [1, 1, 1, 0xFB, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]
        header += [0]
        for file in files { header += text(file) + [0, 0, 0] }
        header += [0]
        var program: [UInt8] = []
        var line = 1
        var isStatement = true
        for row in rows {
            program += [0, 9, 2] + little(row.address) + [4, row.file]
            program += [3] + signed(row.line - line) + (row.isStatement == isStatement ? [] : [6]) + [1]
            (line, isStatement) = (row.line, row.isStatement)
        }
        program += [0, 9, 2] + little(end) + [0, 1, 1]
        let unit = little(UInt16(4)) + little(UInt32(header.count)) + header + program
        return little(UInt32(unit.count)) + unit
    }

    private func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    /// SLEB128.
    private func signed(_ value: Int) -> [UInt8] {
        var value = value
        var bytes: [UInt8] = []
        while true {
            let byte = UInt8(value & 0x7F)
            value >>= 7
            if value == 0 && byte & 0x40 == 0 || value == -1 && byte & 0x40 != 0 { return bytes + [byte] }
            bytes.append(byte | 0x80)
        }
    }

    private func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
