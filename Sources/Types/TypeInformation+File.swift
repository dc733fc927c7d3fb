import Host
import Symbols

extension TypeInformation {
    /// Reads the BTF of a file: of the section `.BTF` of an ELF file, BTF by itself, or the BTF in a kernel's image. Throws every
    /// case of `TypeError`.
    public convenience init(path: String) throws(TypeError) {
        let bytes: [UInt8]
        do throws(HostError) { bytes = try Files.read(path, isRegular: true) } catch { throw .unreadable(error) }
        if ELFSection.isELF(bytes) {
            guard let section = ELFSection.contents(of: ".BTF", in: bytes) else { throw .noSection(path) }
            try self.init(section, origin: "the section .BTF of \"\(path)\"")
            return
        }
        if bytes.starts(with: BTFHeader.beginning.prefix(2)) {
            try self.init(bytes, origin: "\"\(path)\"")
            return
        }
        guard let found = Self.longest(in: bytes[...]) else { throw .noneInFile(path) }
        try self.init(found, origin: "\"\(path)\"")
    }

    /// The longest of what begins as BTF in `bytes`, which a kernel's own is; nil where nothing does.
    public static func longest(in bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var search = BTFSearch()
        bytes.withUnsafeBytes { _ = search.look(at: $0, from: 0) }
        var best: (start: Int, count: UInt64)?
        for start in search.found {
            let rest = bytes.dropFirst(Int(start))
            guard let header = try? BTFHeader(Array(rest.prefix(BTFHeader.byteCount)), origin: ""),
                header.totalByteCount <= UInt64(rest.count), header.totalByteCount > best?.count ?? 0
            else { continue }
            best = (Int(start), header.totalByteCount)
        }
        return best.map { Array(bytes.dropFirst($0.start).prefix(Int($0.count))) }
    }
}
