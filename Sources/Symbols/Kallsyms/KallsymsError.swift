/// Why no kernel's symbol table was read out of memory or a file.
public enum KallsymsError: Error {
    /// Nothing looks like its tokens.
    case noTokens
    /// There are tokens, and no names before them.
    case noNames
    /// There are so many names, and no addresses with them.
    case noAddresses(Int)
    /// There are so many names; their addresses count from one that is not there yet.
    case notRelocated(Int)
    /// There are so many names, and they are longer than any kernel's.
    case tooMuchText(Int)
    /// Ctrl-C.
    case stopped
}

extension KallsymsError {
    /// What is wrong and what to do, as sentences, behind "Cannot read a kernel's symbol table out of X: ".
    public var reason: String {
        switch self {
        case .noTokens:
            return "there is none. The kernel must have been built with CONFIG_KALLSYMS."
        case .noNames:
            return
                "it has the table of tokens (kallsyms_token_table), and the names (kallsyms_names) are not before it. "
                + "It is damaged, or of a version whose layout is another: Linux 5.16 to 6.17 are known."
        case .noAddresses(let count):
            return
                "it has \(count) names, and their addresses (kallsyms_offsets) are neither before nor behind them. It is damaged, or "
                + "of a version whose layout is another: Linux 5.16 to 6.17 are known."
        case .notRelocated(let count):
            return
                "it has \(count) names, and the address from which theirs count (kallsyms_relative_base) is still zero: the kernel "
                + "is to write it itself when it begins. Read the table once the kernel has run."
        case .tooMuchText(let count):
            return "its \(count) names have more than 64 MiB of text. It is damaged."
        case .stopped: return "it was interrupted."
        }
    }
}
