import Host

/// Why bytes are no type information.
public enum TypeError: Error {
    /// The file cannot be read.
    case unreadable(HostError)
    /// The ELF file of this path has no section `.BTF`.
    case noSection(String)
    /// No BTF begins anywhere in the file of this path.
    case noneInFile(String)
    /// They do not begin as BTF does; where they are from.
    case notBTF(String)
    /// The header is not one that can be read; where the bytes are from, and what is wrong with it.
    case header(String, String)
    /// libbpf refuses what is behind the header; where the bytes are from, and what it says.
    case refused(String, String)
}

extension TypeError {
    /// The sentence to show.
    public var message: String {
        switch self {
        case .unreadable(let error): return error.message
        case .noSection(let path):
            return
                "\"\(path)\" has no type information: an ELF file has it in a section .BTF, which the compiler makes with -gbtf, and "
                + "pahole with -J."
        case .noneInFile(let path):
            return
                "\"\(path)\" has no type information: it is neither an ELF file nor BTF, and no BTF begins anywhere in it. "
                + "A compressed image must be unpacked first."
        case .notBTF(let origin):
            return "\(capitalised(origin)) is no BTF: that begins with the bytes 9f eb."
        case .header(let origin, let damage):
            return "\(capitalised(origin)) cannot be read as BTF: \(damage)."
        case .refused(let origin, let reason):
            return "\(capitalised(origin)) is damaged BTF; libbpf says: \(reason)."
        }
    }

    private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
