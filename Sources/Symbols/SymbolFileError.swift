import Host

/// Why a file is not taken as a table of symbols. Each case carries the file's path.
public enum SymbolFileError: Error {
    /// The file could not be read.
    case unreadable(HostError)
    /// It is an ELF file with something wrong.
    case elf(ELFError)
    /// It is neither an ELF file nor a list of symbols; what it looks like instead.
    case otherFile(path: String, found: String)
    /// A line of a list is not as it must be: its number from 1, and how it begins.
    case badLine(path: String, Int, String)
    /// There is no symbol in it.
    case noSymbols(path: String)
    /// All addresses in it are zero.
    case zeroAddresses(path: String)
}

extension SymbolFileError {
    /// The sentences to show.
    public var message: String {
        switch self {
        case .unreadable(let error): return error.message + " Give the path of an ELF file or a System.map."
        case .elf(let error): return error.message { "Cannot read symbols from \"\($0)\": " }
        case .otherFile(let path, let found):
            return refusal(path, "it is neither an ELF file nor a list of symbols as System.map (\(found)).")
        case .badLine(let path, let number, let text):
            return refusal(
                path,
                "line \(number), \"\(text)\", is no symbol of a list as System.map: an address, a letter and a name. A distribution "
                    + "may keep the real one in a package of its own. \"symbols kallsyms\" needs no file.")
        case .noSymbols(let path):
            return refusal(path, "there are none in it. Give a file that is not stripped of them.")
        case .zeroAddresses(let path):
            return refusal(
                path,
                "all addresses in it are zero: the kernel hides them. Read /proc/kallsyms as root, with "
                    + "kernel.kptr_restrict at 0 or 1.")
        }
    }

    private func refusal(_ path: String, _ reason: String) -> String {
        "Cannot read symbols from \"\(path)\": \(reason)"
    }
}
