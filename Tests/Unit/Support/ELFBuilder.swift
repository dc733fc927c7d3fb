/// Writes ELF files, right ones and wrong ones: every field can be set.
struct ELFBuilder {
    struct Segment {
        var type: UInt32 = 1
        var flags: UInt32 = 5
        var virtual: UInt64 = 0x8000_0000
        var physical: UInt64 = 0x8000_0000
        var memorySize: UInt64?
        var fileSize: UInt64?
        var offset: UInt64?
        var content: [UInt8] = Array(1...16)
    }

    struct Section {
        var name: String
        var type: UInt32 = 1
        var flags: UInt64 = 6
        var address: UInt64 = 0
        var size: UInt64?
        var link: UInt32 = 0
        var entrySize: UInt64 = 0
        var offset: UInt64?
        var content: [UInt8] = []
    }

    struct Symbol {
        var name: String
        var value: UInt64
        var size: UInt64 = 0
        var type: UInt8 = 2
        var binding: UInt8 = 1
        var section: UInt16 = 1
    }

    var magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    var fileClass: UInt8 = 2
    var byteOrder: UInt8 = 1
    var type: UInt16 = 2
    var machine: UInt16 = 243
    var entry: UInt64 = 0x8000_0000
    var headerOffset: UInt64?
    var headerSize: UInt16 = 56
    var headerCount: UInt16?
    var sectionOffset: UInt64?
    var sectionSize: UInt16 = 64
    var sectionCount: UInt16?
    var sectionNames: UInt16?
    var segments = [Segment()]
    var sections: [Section] = []
    var symbols: [Symbol] = []
    var symbolType: UInt32 = 2
    var symbolNames: [UInt8]?
    /// Set when the symbol table is to name another section than its own strings.
    var symbolLink: UInt32?
    /// Changes the symbol table's section header before it is written.
    var spoilSymbols: (inout Section) -> Void = { _ in }

    func bytes() -> [UInt8] {
        let sections = allSections()
        var contents: [UInt8] = []
        let contentStart = 64 + 56 * segments.count

        func place(_ content: [UInt8]) -> UInt64 {
            while contents.count % 8 != 0 { contents.append(0) }
            defer { contents += content }
            return UInt64(contentStart + contents.count)
        }

        var headers: [UInt8] = []
        for segment in segments {
            let offset = place(segment.content)
            let fileSize = segment.fileSize ?? UInt64(segment.content.count)
            headers += little(segment.type) + little(segment.flags) + little(segment.offset ?? offset)
            headers += little(segment.virtual) + little(segment.physical) + little(fileSize)
            headers += little(segment.memorySize ?? fileSize) + little(UInt64(8))
        }
        var table: [UInt8] = []
        var names: [UInt8] = [0]
        for section in sections {
            let name = UInt32(names.count)
            names += Array(section.name.utf8) + [0]
            let content = section.name == ".shstrtab" ? names : section.content
            let offset = place(content)
            table += little(section.name.isEmpty ? 0 : name) + little(section.type) + little(section.flags)
            table += little(section.address) + little(section.offset ?? offset)
            table += little(section.size ?? UInt64(content.count)) + little(section.link) + little(UInt32(0))
            table += little(UInt64(1)) + little(section.entrySize)
        }
        let tableOffset = sections.isEmpty ? 0 : place(table)

        var file = magic + [fileClass, byteOrder, 1] + Array(repeating: 0, count: 9)
        file += little(type) + little(machine) + little(UInt32(1)) + little(entry)
        file += little(headerOffset ?? 64) + little(sectionOffset ?? tableOffset) + little(UInt32(5))
        file += little(UInt16(64)) + little(headerSize) + little(headerCount ?? UInt16(segments.count))
        file += little(sectionSize) + little(sectionCount ?? UInt16(sections.count))
        file += little(sectionNames ?? UInt16(max(0, sections.count - 1)))
        return file + headers + contents
    }

    /// The null section, those given, the symbols, and the names last.
    private func allSections() -> [Section] {
        if sections.isEmpty && symbols.isEmpty { return [] }
        var all = [Section(name: "", type: 0, flags: 0)] + sections
        if !symbols.isEmpty {
            var strings: [UInt8] = [0]
            var table = [UInt8](repeating: 0, count: 24)
            for symbol in symbols {
                table +=
                    little(symbolNames == nil ? UInt32(strings.count) : 0) + [symbol.binding << 4 | symbol.type, 0]
                table += little(symbol.section) + little(symbol.value) + little(symbol.size)
                strings += Array(symbol.name.utf8) + [0]
            }
            var section = Section(
                name: ".symtab", type: symbolType, flags: 0, link: symbolLink ?? UInt32(all.count + 1), entrySize: 24,
                content: table)
            spoilSymbols(&section)
            all += [section, Section(name: ".strtab", type: 3, flags: 0, content: symbolNames ?? strings)]
        }
        return all + [Section(name: ".shstrtab", type: 3, flags: 0)]
    }
}

private func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// A good guest: two segments, three sections, some symbols.
var goodGuest: ELFBuilder {
    var builder = ELFBuilder()
    builder.segments = [
        .init(virtual: 0xFFFF_FFFF_8000_0000, physical: 0x8000_0000, content: Array(repeating: 0x13, count: 64)),
        .init(flags: 6, virtual: 0xFFFF_FFFF_8010_0000, physical: 0x8020_0000, memorySize: 0x1000),
    ]
    builder.entry = 0xFFFF_FFFF_8000_0000
    builder.sections = [
        .init(name: ".text", address: 0xFFFF_FFFF_8000_0000, size: 64, content: Array(repeating: 0x13, count: 64)),
        .init(name: ".data", flags: 3, address: 0xFFFF_FFFF_8010_0000, content: Array(1...16)),
        .init(name: ".bss", type: 8, flags: 3, address: 0xFFFF_FFFF_8010_0010, size: 0xFF0),
        .init(name: ".comment", flags: 0x30, content: Array("made by hand\0".utf8)),
    ]
    builder.symbols = [
        .init(name: "$xrv64i2p1", value: 0xFFFF_FFFF_8000_0000, type: 0, binding: 0),
        .init(name: "guest.c", value: 0, type: 4, binding: 0, section: 0xFFF1),
        .init(name: "", value: 0xFFFF_FFFF_8000_0000, type: 3, binding: 0),
        .init(name: ".Lloop", value: 0xFFFF_FFFF_8000_0004, type: 0, binding: 0),
        .init(name: "start", value: 0xFFFF_FFFF_8000_0000, size: 32),
        .init(name: "label", value: 0xFFFF_FFFF_8000_0030, type: 0),
        .init(name: "counter", value: 0xFFFF_FFFF_8010_0010, size: 8, type: 1, section: 3),
        .init(name: "extern", value: 0, type: 0, section: 0),
        .init(name: "STACK_SIZE", value: 0x4000, type: 0, section: 0xFFF1),
    ]
    return builder
}
