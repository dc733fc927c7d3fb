import Host

/// Why a file is not taken as a guest. Each case carries the file's path.
public enum ELFError: Error {
    /// The file could not be read.
    case unreadable(HostError)
    /// The file does not begin as an ELF file does; what it looks like instead, where that is known.
    case notELF(path: String, found: String)
    /// The file ends too early: what is missing, up to which byte it would reach, and how many bytes there are.
    case truncated(path: String, what: String, end: UInt64, size: UInt64)
    /// Not 64-bit: what it is.
    case otherClass(path: String, found: String)
    /// Not little-endian: what it is.
    case otherByteOrder(path: String, found: String)
    /// Not for RISC-V: the machine it is for.
    case otherMachine(path: String, found: String)
    /// Not an executable for fixed addresses: what it is, and what to do about it.
    case otherType(path: String, found: String, remedy: String)
    /// The program header table makes no sense: how.
    case badProgramHeaders(path: String, String)
    /// Nothing in the file goes into the guest's memory.
    case noLoadableSegment(path: String)
    /// A segment has more bytes in the file (`p_filesz`) than in memory (`p_memsz`); `index` counts program headers.
    case segmentTooSmall(path: String, index: Int, fileSize: UInt64, memorySize: UInt64)
}

extension ELFError {
    /// The sentences to show.
    public var message: String { message { "Cannot load \"\($0)\" as a guest: " } }

    /// As above, but with what was tried, and on the file at which path, as `tried` says it.
    func message(_ tried: (String) -> String) -> String {
        func refusal(_ path: String, _ reason: String, _ remedy: String) -> String {
            tried(path) + reason + " " + remedy
        }
        switch self {
        case .unreadable(let error):
            return error.message + " Give the path of an ELF file that you can read."
        case .notELF(let path, let found):
            return refusal(path, "it is not an ELF file (\(found)).", "Give the ELF file that the linker wrote.")
        case .truncated(let path, let what, let end, let size):
            return refusal(
                path, "it is cut short: \(what) reaches to byte \(end), and the file has \(size).",
                "Copy or link it again.")
        case .otherClass(let path, let found):
            return refusal(path, "it is \(found) ELF file, not a 64-bit one.", "Build it for rv64.")
        case .otherByteOrder(let path, let found):
            return refusal(path, "its byte order is \(found), not little-endian.", "Build it for little-endian rv64.")
        case .otherMachine(let path, let found):
            return refusal(path, "it is for \(found), not for RISC-V.", "Build it for riscv64.")
        case .otherType(let path, let found, let remedy):
            return refusal(path, "it is \(found), not an executable for fixed addresses.", remedy)
        case .badProgramHeaders(let path, let how):
            return refusal(path, "its program headers make no sense: \(how).", "The file is damaged: link it again.")
        case .noLoadableSegment(let path):
            return refusal(
                path, "no segment of it goes into memory (PT_LOAD).", "Check the linker script, then link it again.")
        case .segmentTooSmall(let path, let index, let fileSize, let memorySize):
            return refusal(
                path,
                "program header \(index) has \(fileSize) bytes in the file for \(memorySize) bytes of memory "
                    + "(p_filesz > p_memsz).", "The file is damaged: link it again.")
        }
    }
}
