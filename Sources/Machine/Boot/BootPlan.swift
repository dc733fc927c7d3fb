import Guest
import Target

/// What lies where in RAM when the guest starts, checked before anything is changed: the program, and what a kernel is given.
public struct BootPlan: Sendable {
    /// The program.
    public let program: LoadPlan
    /// The initrd, and where it begins (GPA): a page's start.
    let initrd: (start: GuestPhysicalAddress, bytes: [UInt8])?
    /// Room for the device tree; nil where RAM is too small for one.
    let deviceTree: MemoryRegion?
    /// The device tree that the user gave; nil for one that describes the machine.
    let ownTree: [UInt8]?
    /// The kernel's command line; nil where nothing was said about it.
    let commandLine: String?

    /// The program's own bytes come first, the device tree lies at the end of RAM, as on QEMU's machine `virt`, and the initrd before
    /// it. Where there is no room for the tree, a guest that does not need one (`needsTree`) gets none. Throws `.load`.
    public init(
        _ program: LoadPlan, ram: MemoryRegion, vcpuCount: Int, needsTree: Bool, initrd: [UInt8]? = nil,
        ownTree: [UInt8]? = nil, commandLine: String? = nil
    ) throws(MachineError) {
        self.program = program
        self.ownTree = ownTree
        self.commandLine = commandLine
        let programEnd = program.segments.last.map { $0.physical + $0.memorySize } ?? ram.start
        if let ownTree { try DeviceTreeBlob.check(ownTree) }
        let textCount = commandLine?.utf8.count ?? 0
        if textCount > Self.longestCommandLine {
            throw .load(.commandLineTooLong(textCount, limit: Self.longestCommandLine))
        }
        let treeSize = UInt64((ownTree?.count ?? 0x4000 + 0x400 * vcpuCount) + 0x1000 + textCount)
        let room = Self.last(treeSize, in: ram, after: programEnd, alignments: [2 << 20, 4096, 8])
        deviceTree = room.map { MemoryRegion(start: $0, byteCount: treeSize) }
        if room == nil, needsTree || initrd != nil || ownTree != nil || commandLine != nil {
            throw .load(.noRoom("the device tree", byteCount: treeSize, programEnd: programEnd, ram: ram))
        }
        guard let initrd, let room else {
            self.initrd = nil
            return
        }
        let before = MemoryRegion(start: ram.start, byteCount: room - ram.start)
        guard let start = Self.last(UInt64(initrd.count), in: before, after: programEnd, alignments: [4096]) else {
            throw .load(.noRoom("the initrd", byteCount: UInt64(initrd.count), programEnd: programEnd, ram: before))
        }
        self.initrd = (start, initrd)
    }

    /// Whether `bytes` are a device tree blob, and a whole one. Throws `.load`.
    public static func check(deviceTree bytes: [UInt8]) throws(MachineError) { try DeviceTreeBlob.check(bytes) }

    /// Linux' own limit (`COMMAND_LINE_SIZE` of RISC-V, 1024) without the zero at the end.
    static let longestCommandLine = 1023

    /// The RAM behind the program, up to what lies at the end of it, in multiples of 16 bytes.
    func freeMemory(of ram: MemoryRegion) -> MemoryRegion {
        let programEnd = program.segments.last.map { $0.physical + $0.memorySize } ?? ram.start
        let end = initrd?.start ?? deviceTree?.start ?? ram.end
        let start = min(GuestPhysicalAddress((programEnd.value &+ 15) & ~15), end)
        return MemoryRegion(start: start, byteCount: (end - start) & ~15)
    }

    /// The last place for `byteCount` bytes in `ram` that lies behind `end`: by the first of the alignments that leaves one.
    private static func last(
        _ byteCount: UInt64, in ram: MemoryRegion, after end: GuestPhysicalAddress, alignments: [UInt64]
    ) -> GuestPhysicalAddress? {
        guard byteCount <= ram.byteCount else { return nil }
        for alignment in alignments {
            let start = (ram.end.value - byteCount) & ~(alignment - 1)
            if start >= end.value, start >= ram.start.value { return GuestPhysicalAddress(start) }
        }
        return nil
    }
}
