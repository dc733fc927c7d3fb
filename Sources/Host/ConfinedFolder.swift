import CHost

/// A folder out of which no name leads: not by "..", not by an absolute path, not by a symbolic link. Names are bytes, as a guest
/// gives them.
///
/// The kernel itself sees to it, by `openat2` with `RESOLVE_BENEATH`; a name that leads out fails with `EXDEV`.
public final class ConfinedFolder {
    private let descriptor: Int32

    /// The folder at `path`. Throws `.failed`.
    public init(_ path: String) throws(HostError) {
        descriptor = host_open_folder(path)
        if let errno = Errno(result: descriptor) { throw .failed("open the folder", path: path, errno) }
    }

    deinit { if descriptor >= 0 { _ = host_close(descriptor) } }

    /// Opens the file `name`, one on a disk. Throws the kernel's error, `EISDIR` for a folder, and `EACCES` for a pipe or device.
    public func open(_ name: [UInt8], _ access: ConfinedFile.Access) throws(Errno) -> ConfinedFile {
        let result = try withName(name) { host_open_beneath(descriptor, $0, access.rawValue) }
        if let errno = Errno(result: result) { throw errno }
        return ConfinedFile(descriptor: result)
    }

    /// Takes the file `name` away. Throws the kernel's error, and `EINVAL` for a name that ends with no file's.
    public func remove(_ name: [UInt8]) throws(Errno) {
        if let errno = Errno(result: try withName(name) { host_unlink_beneath(descriptor, $0) }) { throw errno }
    }

    /// Gives what is called `name` the name `newName`, in the place of what had that. Throws as `remove`.
    public func rename(_ name: [UInt8], to newName: [UInt8]) throws(Errno) {
        try Self.check(newName)
        let result = try withName(name) { from in
            (newName + [0]).withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { to in
                    to.baseAddress.map { host_rename_beneath(descriptor, from, $0) } ?? -EINVAL
                }
            }
        }
        if let errno = Errno(result: result) { throw errno }
    }

    /// What `body` makes of the name with a zero behind it.
    private func withName(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32) throws(Errno) -> Int32 {
        try Self.check(name)
        return (name + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map(body) ?? -EINVAL }
        }
    }

    /// A zero would cut the name short.
    private static func check(_ name: [UInt8]) throws(Errno) { if name.contains(0) { throw Errno(EINVAL) } }
}

extension Errno: Error {}
