import Guest
import Host

/// A Linux kernel as its build leaves it for boot loaders: `arch/riscv/boot/Image`, with or without EFI header.
///
/// The kernel's page "Boot image header in RISC-V Linux" (`Documentation/arch/riscv/boot-image-header.rst`).
public struct LinuxImage: Sendable {
    /// What goes into memory.
    public let bytes: [UInt8]
    /// How far behind the start of RAM it is to lie, in bytes: a multiple of 2 MiB.
    public let textOffset: UInt64
    /// How many bytes of memory it takes from there on, more than it has in the file: its zeroed data follow.
    public let memorySize: UInt64

    /// Where a kernel lies that does not say so itself: so many bytes behind the start of RAM, which leaves room for firmware.
    public static let usualOffset: UInt64 = 2 << 20
    /// How many bytes the header has.
    static let headerByteCount = 64
    /// The start of RAM is a multiple of this, and so is the place of the kernel: it maps itself by pages of this size.
    public static let alignment: UInt64 = 2 << 20

    /// Whether `bytes` begin as an Image does.
    public static func isImage(_ bytes: [UInt8]) -> Bool {
        bytes.count >= headerByteCount && bytes[56..<60].elementsEqual("RSC\u{5}".utf8)
    }

    /// The Image with the content `bytes`. Throws `.noImage`, `.bigEndian`, `.misplaced` and `.smallerThanFile`.
    public init(_ bytes: [UInt8]) throws(ImageError) {
        guard Self.isImage(bytes) else { throw .noImage }
        func word(_ offset: Int) -> UInt64 { littleEndian(bytes[offset..<offset + 8]) }
        if word(24) & 1 != 0 { throw .bigEndian }
        self.bytes = bytes
        textOffset = word(8)
        if textOffset % Self.alignment != 0 || textOffset >= 1 << 40 { throw .misplaced(textOffset) }
        let size = word(16)
        // Kernels before 3.17 of another architecture left it 0; nobody knows then how much more memory they take.
        memorySize = size == 0 ? UInt64(bytes.count) : size
        if memorySize < UInt64(bytes.count) {
            throw .smallerThanFile(memorySize: size, fileSize: UInt64(bytes.count))
        }
    }
}
