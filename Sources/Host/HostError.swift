/// Why the host system did not do what was asked.
public enum HostError: Error {
    /// A system call on a file failed: the verb, the path, the reason.
    case failed(String, path: String, Errno)
    /// A pipe or a device stands where a file is needed.
    case notRegular(path: String)
    /// A file is larger than what is asked of it can be: the path, and the limit in bytes.
    case tooLarge(path: String, limit: Int)
}

extension HostError {
    /// The sentence to show.
    public var message: String {
        switch self {
        case .failed(let verb, let path, let errno):
            return "Cannot \(verb) \"\(path)\": \(errno.description)."
        case .notRegular(let path):
            return "Cannot read \"\(path)\": it is a pipe or a device, and a file on a disk is needed."
        case .tooLarge(let path, let limit):
            return "\"\(path)\" has more than \(limit) bytes, which is more than such a file can sensibly have."
        }
    }
}
