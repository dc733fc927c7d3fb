import CElfutils

/// A string table (`SHT_STRTAB`), valid as long as its `Elf`.
struct ELFStrings {
    private let bytes: UnsafeRawBufferPointer
    /// How many bytes of names are still looked at. Tables share the ends of names, so the sum may exceed the table's
    /// size; but a damaged one whose every name is megabytes long must not fill the memory.
    private var budget: Int

    /// The string table in section `index`; nil when there is none.
    init?(_ elf: OpaquePointer, section index: Int) {
        guard index > 0, let section = elf_getscn(elf, index), let header = elf64_getshdr(section),
            header.pointee.sh_type == UInt32(SHT_STRTAB), let data = elf_rawdata(section, nil)
        else { return nil }
        // SAFETY: libelf has checked that the section lies inside the file; the bytes live as long as `elf`.
        let start = data.pointee.d_buf
        bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : data.pointee.d_size)
        budget = bytes.count.multipliedReportingOverflow(by: 16).partialValue &+ 1 << 16
    }

    /// The text that begins at `offset`; nil when it is not in the table or not ended there. What would steer a terminal
    /// becomes "?".
    mutating func string(at offset: UInt32) -> String? {
        let start = Int(offset)
        guard start < bytes.count else { return nil }
        var end = start
        let limit = min(bytes.count, start &+ max(0, budget))
        var isPlain = true
        while end < limit, bytes[end] != 0 {
            isPlain = isPlain && (0x20..<0x7F).contains(bytes[end])
            end += 1
        }
        budget -= end - start
        guard end < limit else { return nil }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return isPlain ? text : Self.harmless(text)
    }

    private static func harmless(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            result.unicodeScalars.append(isControl ? "?" : scalar)
        }
        return result
    }
}
