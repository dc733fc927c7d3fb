import Guest
import Target

/// A program that fits a guest's RAM, checked before anything is changed.
public struct LoadPlan: Sendable {
    /// What is loaded, lowest physical address first; none is empty, none overlaps another.
    public let segments: [LoadSegment]
    /// The guest-physical address of the first instruction. At boot paging is off, so it is what pc must be.
    public let entry: GuestPhysicalAddress

    /// Checks that `segments` fit `ram` and each other, and translates `entry` by the segment that contains it. Throws
    /// `.load`.
    public init(
        segments: [LoadSegment], entry: GuestVirtualAddress, ram: MemoryRegion
    ) throws(MachineError) {
        let segments = segments.filter { $0.memorySize > 0 || !$0.fileBytes.isEmpty }
        if segments.isEmpty { throw .load(.nothingToLoad) }
        for segment in segments { try Self.check(segment, ram) }

        let sorted = segments.sorted { $0.physical < $1.physical }
        for (lower, upper) in zip(sorted, sorted.dropFirst())
        where upper.physical - lower.physical < lower.memorySize {
            throw .load(.overlap(SegmentRange(lower), SegmentRange(upper)))
        }

        guard let home = segments.first(where: { entry - $0.virtual < $0.memorySize }) else {
            throw .load(.entryOutside(entry, segments.map { SegmentRange(virtual: $0) }))
        }
        self.segments = sorted
        self.entry = home.physical + (entry - home.virtual)
    }

    private static func check(_ segment: LoadSegment, _ ram: MemoryRegion) throws(MachineError) {
        let range = SegmentRange(segment)
        if UInt64(segment.fileBytes.count) > segment.memorySize {
            throw .load(.fileLargerThanMemory(range, fileSize: UInt64(segment.fileBytes.count)))
        }
        // The last byte, not the end: a segment may reach up to 2⁶⁴.
        if segment.physical.value.addingReportingOverflow(segment.memorySize &- 1).overflow {
            throw .load(.wrapsAround(range))
        }
        if !ram.contains(segment.physical, count: segment.memorySize) { throw .load(.outsideRAM(range, ram: ram)) }
    }
}

/// The place of a segment, for messages.
public struct SegmentRange: Equatable, Sendable {
    /// The segment's number among the program headers.
    public var number: Int
    /// The first byte's address, physical or virtual, as the error that carries it says.
    var start: UInt64
    /// The length in bytes.
    public var byteCount: UInt64

    init(_ segment: LoadSegment) {
        number = segment.number
        start = segment.physical.value
        byteCount = segment.memorySize
    }

    init(virtual segment: LoadSegment) {
        number = segment.number
        start = segment.virtual.value
        byteCount = segment.memorySize
    }

    /// "segment 1 (0x80000000 to 0x80000fff)".
    var text: String { "segment \(number) (\(hex(start)) to \(hex(start &+ byteCount &- 1)))" }
}
