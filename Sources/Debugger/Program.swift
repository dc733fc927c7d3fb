import Guest
import Images
import Symbols

/// What a guest is made of: an ELF file, or a Linux kernel.
public final class Program {
    /// The path it was read from.
    public let path: String
    /// Where the guest begins (GVA).
    public let entry: GuestVirtualAddress
    /// What goes into memory; at least one.
    public let segments: [ELFFile.Segment]
    /// The named parts of memory; empty where the file tells of none.
    public let sections: [ELFFile.Section]
    /// What is wrong with the file's tables, one sentence each. The guest can be loaded all the same.
    public let warnings: [String]
    /// Whether it was named as a kernel: it is booted with a device tree, for which there must be room.
    public let isKernel: Bool
    /// Where a raw Image lies (GPA), of which no table tells to which address (GVA) it is linked; nil for an ELF file.
    public let imageStart: GuestPhysicalAddress?
    let file: ELFFile?

    /// A guest that is loaded to where its ELF file says.
    init(_ file: ELFFile) {
        path = file.path
        entry = file.entry
        segments = file.segments
        sections = file.sections
        warnings = file.warnings
        isKernel = false
        imageStart = nil
        self.file = file
    }

    /// A kernel that is an ELF file. Where its segments are loaded to addresses (`p_paddr`) below `ramStart`, as those of Linux'
    /// `vmlinux`, which begin at 0, they are put 2 MiB behind it: a kernel runs where it is put.
    init(kernel file: ELFFile, ramStart: GuestPhysicalAddress) {
        let first = file.segments.map { $0.physical }.min() ?? ramStart
        path = file.path
        entry = file.entry
        segments = file.segments.map { segment in
            var segment = segment
            if first < ramStart { segment.physical = ramStart + LinuxImage.usualOffset + (segment.physical - first) }
            return segment
        }
        sections = file.sections
        warnings = file.warnings
        isKernel = true
        imageStart = nil
        self.file = file
    }

    /// The kernel `image`, read from `path`.
    init(_ image: LinuxImage, path: String, ramStart: GuestPhysicalAddress) {
        let start = ramStart + image.textOffset
        self.path = path
        entry = GuestVirtualAddress(start.value)
        segments = [
            ELFFile.Segment(
                index: 0, physical: start, virtual: GuestVirtualAddress(start.value),
                fileSize: UInt64(image.bytes.count),
                memorySize: image.memorySize, isReadable: true, isWritable: true, isExecutable: true,
                bytes: image.bytes[...])
        ]
        sections = []
        warnings = []
        isKernel = true
        imageStart = start
        file = nil
    }

    /// The names of addresses; read when they are first asked for. An Image has none.
    public private(set) lazy var symbols: SymbolTable = file?.symbols ?? SymbolTable([])

    /// Where the loader puts what is linked to `address` (GVA): by the segment that holds it. Nil when none does.
    public func physical(for address: GuestVirtualAddress) -> GuestPhysicalAddress? {
        for segment in segments where segment.range.contains(address) {
            return segment.physical + (address - segment.virtual)
        }
        return nil
    }

    /// Which address (GVA) is linked to what the loader puts at `address` (GPA): the inverse of `physical(for:)`. Nil when no
    /// segment lies there.
    public func virtual(for address: GuestPhysicalAddress) -> GuestVirtualAddress? {
        for segment in segments where address - segment.physical < segment.memorySize {
            return segment.virtual + (address - segment.physical)
        }
        return nil
    }

    /// The `count` bytes that the loader puts at `address`, zeros where a segment has no bytes in the file; nil when no segment
    /// has them all.
    func bytes(at address: GuestAddress, count: Int) -> [UInt8]? {
        for segment in segments {
            let offset = address.value &- (address.isPhysical ? segment.physical.value : segment.virtual.value)
            guard offset < segment.memorySize else { continue }
            guard count >= 0, UInt64(count) <= segment.memorySize - offset else { return nil }
            let start = Int(clamping: offset)
            var bytes = Array(segment.bytes.dropFirst(start).prefix(count))
            bytes += [UInt8](repeating: 0, count: count - bytes.count)
            return bytes
        }
        return nil
    }
}
