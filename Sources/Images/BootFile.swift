import Host

/// A file whose content goes into the guest's memory as it is: an initrd, a device tree.
public struct BootFile: Sendable {
    /// The path it was read from.
    public let path: String
    /// Its content; not empty.
    public let bytes: [UInt8]

    /// Reads the file at `path`. Throws `.unreadable` and `.empty`.
    public init(path: String) throws(ImageError) {
        do throws(HostError) { bytes = try Files.read(path, isRegular: true) } catch { throw .unreadable(error) }
        if bytes.isEmpty { throw .empty }
        self.path = path
    }
}
