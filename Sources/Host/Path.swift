import CHost

/// Names of files, as text: nothing here looks at the file system but `executable`.
public enum Path {
    /// Whether `path` starts at the root.
    public static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

    /// `name` as seen from `folder`; `name` itself when it is absolute or `folder` is empty.
    public static func join(_ folder: String, _ name: String) -> String {
        if folder.isEmpty || isAbsolute(name) { return name }
        return folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
    }

    /// The folder part of `path`: empty when it has none, "/" for a file at the root.
    public static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }

    /// What follows the last slash of `path`.
    public static func name(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// `path` with a leading "~/" replaced by the user's home folder.
    public static func expandingTilde(_ path: String) -> String {
        guard path == "~" || path.utf8.starts(with: "~/".utf8), let home = Environment.value("HOME") else {
            return path
        }
        return home + String(path.dropFirst())
    }

    /// `path` behind all symbolic links; nil when nothing is there.
    public static func resolved(_ path: String) -> String? {
        let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 4096)
        defer { buffer.deallocate() }
        // SAFETY: the call writes at most the buffer's length, and a zero at the end.
        guard let base = buffer.baseAddress, host_real_path(path, base, buffer.count) == 0 else { return nil }
        return String(cString: base)
    }

    /// The path of the running program (`/proc/self/exe`); nil when it cannot be told.
    public static var executable: String? {
        let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 4096)
        defer { buffer.deallocate() }
        // SAFETY: the link's text is cut to the buffer's length; the zero is written behind it, inside the buffer.
        guard let base = buffer.baseAddress else { return nil }
        let count = host_read_link("/proc/self/exe", base, buffer.count - 1)
        guard count > 0 else { return nil }
        base[Int(count)] = 0
        return String(cString: base)
    }
}
