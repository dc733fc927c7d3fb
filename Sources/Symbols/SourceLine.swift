import Guest
import Host

/// A source file, as the compiler named it.
public struct SourceFile: Hashable, Sendable {
    /// Its path; a relative one is relative to `folder`.
    public let name: String
    /// The folder that the compiler worked in; empty where it did not say.
    public let folder: String

    /// The file that libdw calls `path`, which puts the compiler's folder before a relative name.
    init(path: String, folder: String) {
        var name = path.utf8[...]
        if !folder.isEmpty, name.starts(with: (folder + "/").utf8) { name = name.dropFirst(folder.utf8.count + 1) }
        while name.starts(with: "./".utf8) { name = name.dropFirst(2) }
        self.name = String(Substring(name))
        self.folder = folder
    }

    /// The path in the compiler's folder.
    public var path: String { Path.join(folder, name) }

    /// Whether `name` is the path, or its end from a folder's or the file's own name on: "count.c", "src/count.c".
    public func isCalled(_ name: String) -> Bool {
        Self.ends(self.name.utf8, with: name) || Self.ends(path.utf8, with: name)
    }

    private static func ends(_ path: String.UTF8View, with name: String) -> Bool {
        let count = name.utf8.count
        guard count > 0, path.count >= count, path.suffix(count).elementsEqual(name.utf8) else { return false }
        return path.count == count || path.dropLast(count).last == UInt8(ascii: "/")
    }
}

/// A source line, and where code of it is.
public struct SourceLine: Equatable, Sendable {
    /// The file.
    public let file: SourceFile
    /// The number, from 1.
    public let number: Int
    /// The instructions (GVA) without a break that come from it.
    public var range: AddressRange

    /// "src/count.c:12"
    public var description: String { "\(file.name):\(number)" }
}
