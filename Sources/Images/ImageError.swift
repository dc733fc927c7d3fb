import Guest
import Host

/// Why a file is no kernel that can be booted.
public enum ImageError: Error {
    /// The file cannot be read.
    case unreadable(HostError)
    /// The file has no byte.
    case empty
    /// The file is compressed and does not decompress.
    case compression(Compression, DecompressionFailure, limit: Int)
    /// It does not begin with the header of an Image.
    case noImage
    /// The kernel is a big-endian one.
    case bigEndian
    /// It asks to be put at an offset (bytes behind the start of RAM) where no kernel can lie.
    case misplaced(UInt64)
    /// By its header it is shorter in memory than in the file.
    case smallerThanFile(memorySize: UInt64, fileSize: UInt64)
}

extension ImageError {
    /// What is wrong with the file at `path`.
    public func message(path: String) -> String {
        switch self {
        case .unreadable(let error): return error.message
        case .empty: return "Cannot load \"\(path)\". The file is empty."
        case .compression(let compression, let failure, let limit):
            let start = "Cannot load \"\(path)\". It begins as \(compression.name) data, "
            switch failure {
            case .damaged: return start + "but does not decompress: the file is damaged or cut short. Copy it anew."
            case .tooLarge:
                return start + "which are more than \(limit >> 20) MiB when decompressed. "
                    + "Give the guest more RAM with --memory, if that is not a damaged file."
            case .noMemory: return start + "for which the host has no memory. Decompress it to a file first."
            }
        case .noImage:
            return
                "Cannot load \"\(path)\". It is neither an ELF file nor a Linux Image for RISC-V (\"RSC\\x05\" at byte 56 "
                + "is missing), and not one compressed by gzip or zstd. Name arch/riscv/boot/Image, Image.gz, Image.zst or vmlinux."
        case .bigEndian:
            return
                "Cannot load \"\(path)\". By its header the kernel is big-endian, and RISC-V guests here are little-endian."
        case .misplaced(let offset):
            return
                "Cannot load \"\(path)\". Its header asks for the place \(hex(offset)) bytes behind the start of RAM, which is no "
                + "multiple of 2 MiB within reach: the file is damaged."
        case .smallerThanFile(let memorySize, let fileSize):
            return
                "Cannot load \"\(path)\". By its header the kernel takes \(memorySize) bytes of memory, and the file has \(fileSize): "
                + "the file is damaged, or something was appended to it."
        }
    }
}
