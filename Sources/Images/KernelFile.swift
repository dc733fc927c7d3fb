import Host

/// The file of a kernel, decompressed.
public enum KernelFile: Sendable {
    /// A Linux Image.
    case image(LinuxImage)
    /// An ELF file; its content.
    case elf([UInt8])

    /// Reads the kernel at `path`, of at most `limit` bytes where it is compressed. Throws every case of `ImageError`.
    public static func read(_ path: String, limit: Int) throws(ImageError) -> KernelFile {
        let bytes = try bytes(path, limit: limit)
        return bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) ? .elf(bytes) : .image(try LinuxImage(bytes))
    }

    /// The content of the file at `path`, decompressed to at most `limit` bytes where it is compressed, whatever it is. Throws
    /// `.unreadable`, `.empty` and `.compression`.
    public static func bytes(_ path: String, limit: Int) throws(ImageError) -> [UInt8] {
        let bytes = try BootFile(path: path).bytes
        guard let compression = Compression(bytes) else { return bytes }
        do throws(DecompressionFailure) { return try compression.decompress(bytes, limit: limit) } catch {
            throw .compression(compression, error, limit: limit)
        }
    }

    /// Whether the file at `path` looks like a kernel that is no plain ELF file.
    public static func isLikely(_ path: String) -> Bool {
        do throws(HostError) {
            let bytes = try Files.read(path, isRegular: true)
            return LinuxImage.isImage(bytes) || Compression(bytes) != nil
        } catch { return false }
    }
}
