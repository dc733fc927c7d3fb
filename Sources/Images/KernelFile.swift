import Host

/// The file of a kernel, decompressed.
public enum KernelFile: Sendable {
    /// A Linux Image.
    case image(LinuxImage)
    /// An ELF file; its content.
    case elf([UInt8])

    /// Reads the kernel at `path`, of at most `limit` bytes where it is compressed. Throws every case of `ImageError`.
    public static func read(_ path: String, limit: Int) throws(ImageError) -> KernelFile {
        var bytes = try BootFile(path: path).bytes
        if let compression = Compression(bytes) {
            do throws(DecompressionFailure) { bytes = try compression.decompress(bytes, limit: limit) } catch {
                throw .compression(compression, error, limit: limit)
            }
        }
        return bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) ? .elf(bytes) : .image(try LinuxImage(bytes))
    }

    /// Whether the file at `path` looks like a kernel that is no plain ELF file.
    public static func isLikely(_ path: String) -> Bool {
        do throws(HostError) {
            let bytes = try Files.read(path, isRegular: true)
            return LinuxImage.isImage(bytes) || Compression(bytes) != nil
        } catch { return false }
    }
}
