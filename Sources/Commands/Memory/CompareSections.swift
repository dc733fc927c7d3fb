import Debugger
import Guest
import Host
import Symbols

/// `compare-sections [NAME…]`: whether the guest still has what was loaded.
enum CompareSections {
    static var command: Command {
        Command(
            name: "compare-sections", group: .data,
            usage: ["compare-sections", "compare-sections NAME", "compare-sections -r"],
            summary: "Compare the guest's memory with the ELF file",
            help: """
                Compares each section that the ELF file has contents for with the guest-physical memory that it was loaded
                to, or the one of this name, or with -r only those that the guest should not write to; a file without
                sections is compared by its segments. The addresses shown are physical. Where a section differs, the first
                place is shown. That is no error; $nummismatched is how many sections differ. An ebreak that kvmdbg
                planted is not seen.
                """
        ) { (arguments, _) throws(CommandError) in
            let chosen = arguments.takeWord()?.text
            return { (context) throws(CommandError) in
                guard let program = context.session.program else { throw CommandError(.noProgram) }
                guard context.session.hasGuest else { throw CommandError(.noGuest) }
                var parts = LoadedPart.all(of: program)
                if chosen == "-r" {
                    parts = parts.filter { !$0.isWritable }
                } else if let chosen {
                    parts = parts.filter { $0.name == chosen }
                    if parts.isEmpty { throw .failed("No loaded section named '\(chosen)'.", nil) }
                }
                var mismatched: UInt64 = 0
                for part in parts where try !compare(part, context) { mismatched += 1 }
                context.session.setMismatched(mismatched)
                if mismatched > 0 {
                    context.line("One or more sections of the guest's memory do not match the loaded file.")
                }
            }
        }
    }

    /// Tells whether the guest's memory has the bytes of `part`.
    private static func compare(_ part: LoadedPart, _ context: Context) throws(CommandError) -> Bool {
        var position = part.bytes.startIndex
        var place: Int?
        try context.engine { (session) throws(DebuggerError) in
            try session.forEachPiece(at: .physical(part.physical), count: UInt64(part.bytes.count)) { piece in
                let expected = part.bytes[position..<position + piece.count]
                if !piece.elementsEqual(expected) {
                    let same = zip(piece, expected).prefix { $0 == $1 }
                    var count = 0
                    for _ in same { count += 1 }
                    place = position - part.bytes.startIndex + count
                }
                position += piece.count
                return place == nil && !Interruption.isPending
            }
        }
        if Interruption.isPending { throw .interrupted }
        let end = part.physical + UInt64(part.bytes.count)
        let range = "\(part.physical.description) -- \(end.description)"
        guard let place else {
            context.line("\(part.kind) \(part.name), range \(range): matched.")
            return true
        }
        let address = part.physical + UInt64(place)
        let found = try context.engine { (session) throws(DebuggerError) in
            try session.bytes(at: .physical(address), count: 1)
        }
        let expected = part.bytes[part.bytes.startIndex + place]
        context.line("\(part.kind) \(part.name), range \(range): MIS-MATCHED!")
        context.line(
            "  first at \(context.addressText(GuestAddress.physical(address))): \(hex(expected, digits: 2)) in the file, "
                + "\(hex(found.first ?? 0, digits: 2)) in the guest")
        return false
    }
}

/// A part of an ELF file that the loader copies into the guest: a section, or a segment of a file without sections.
private struct LoadedPart {
    let kind: String
    let name: String
    let physical: GuestPhysicalAddress
    let bytes: ArraySlice<UInt8>
    let isWritable: Bool

    static func all(of program: Program) -> [LoadedPart] {
        let sections = program.sections.compactMap { section -> LoadedPart? in
            guard section.hasContents,
                let segment = program.segments.first(where: { $0.range.contains(section.range.start) })
            else { return nil }
            let offset = section.range.start - segment.virtual
            // A section can reach beyond its segment in a damaged file only.
            let bytes = segment.bytes.dropFirst(Int(clamping: offset)).prefix(Int(clamping: section.range.size))
            return bytes.isEmpty
                ? nil
                : LoadedPart(
                    kind: "Section", name: section.name, physical: segment.physical + offset, bytes: bytes,
                    isWritable: section.isWritable)
        }
        if !sections.isEmpty { return sections }
        return program.segments.filter { !$0.bytes.isEmpty }.map {
            LoadedPart(
                kind: "Segment", name: "\($0.index)", physical: $0.physical, bytes: $0.bytes, isWritable: $0.isWritable)
        }
    }
}
