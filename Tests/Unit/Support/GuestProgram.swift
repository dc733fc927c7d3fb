/// An ELF file with the instructions `pieces` from `virtual` on, loaded at the physical address `physical`; names for some of
/// its addresses, and the source lines that `lines` tells of.
func guestProgram(
    _ pieces: [[UInt8]], virtual: UInt64 = TinyHart.base, physical: UInt64 = TinyHart.base, entry: UInt64? = nil,
    functions: [(name: String, address: UInt64, size: UInt64)] = [],
    objects: [(name: String, address: UInt64, size: UInt64)] = [], lines: DWARFBuilder? = nil
) -> [UInt8] {
    let content = Array(pieces.joined())
    var builder = ELFBuilder()
    builder.segments = [
        .init(flags: 7, virtual: virtual, physical: physical, memorySize: UInt64(content.count), content: content)
    ]
    builder.entry = entry ?? virtual
    builder.sections = [
        .init(name: ".text", address: virtual, size: UInt64(content.count), content: content)
    ]
    builder.sections += lines?.sections() ?? []
    builder.symbols =
        functions.map { .init(name: $0.name, value: $0.address, size: $0.size, type: 2) }
        + objects.map { .init(name: $0.name, value: $0.address, size: $0.size, type: 1) }
    return builder.bytes()
}
