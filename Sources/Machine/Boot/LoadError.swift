import Guest
import Target

/// Why a program does not fit a guest. Nothing was loaded.
public enum LoadError: Error, Equatable {
    /// No segment has a byte.
    case nothingToLoad
    /// The segment's part in the file is longer than its memory.
    case fileLargerThanMemory(SegmentRange, fileSize: UInt64)
    /// The segment goes on behind the last physical address.
    case wrapsAround(SegmentRange)
    /// The segment lies outside the guest's RAM, or not all of it inside.
    case outsideRAM(SegmentRange, ram: MemoryRegion)
    /// Two segments share physical memory.
    case overlap(SegmentRange, SegmentRange)
    /// What a kernel is given has no room in RAM: what it is, its length in bytes, where the program ends, what there is.
    case noRoom(String, byteCount: UInt64, programEnd: GuestPhysicalAddress, ram: MemoryRegion)
    /// The kernel's command line has more bytes than kernels take.
    case commandLineTooLong(Int, limit: Int)
    /// The device tree is none; what libfdt says.
    case deviceTree(String)
    /// The entry lies in none of the segments, whose virtual ranges follow.
    case entryOutside(GuestVirtualAddress, [SegmentRange])
}

extension LoadError {
    /// The sentence to show.
    public var message: String {
        switch self {
        case .nothingToLoad:
            return
                "The file has no loadable segment: link it with a script that makes a PT_LOAD (see `readelf -l`)."
        case .fileLargerThanMemory(let segment, let fileSize):
            return "\(capitalised(segment.text)) has \(fileSize) bytes in the file but \(segment.byteCount) in memory: "
                + "the file is damaged (p_filesz is larger than p_memsz)."
        case .wrapsAround(let segment):
            return "Segment \(segment.number) begins at the physical address \(hex(segment.start)) and is "
                + "\(hex(segment.byteCount)) bytes long: it goes on behind the last address there is. The file is "
                + "damaged, or its linker script is wrong."
        case .outsideRAM(let segment, let ram):
            return "\(capitalised(segment.text)) does not lie in the guest's RAM (\(rangeText(ram))). "
                + remedy(segment, ram)
        case .overlap(let first, let second):
            return
                "\(capitalised(first.text)) and \(second.text) overlap in physical memory: correct the load addresses "
                + "(p_paddr, AT() in a linker script)."
        case .noRoom(let what, let byteCount, let end, let ram):
            let free = ram.end > end ? ram.end - end : 0
            return
                "There is no room for \(what) of \(byteCount) bytes: the program ends at \(end.description), and behind it "
                + "\(free) bytes of RAM are free. Give the guest more with --memory."
        case .commandLineTooLong(let count, let limit):
            return "The kernel's command line has \(count) bytes, and Linux takes \(limit) on RISC-V. Shorten it."
        case .deviceTree(let reason):
            return
                "It is no device tree blob that can be used: \(reason). Make one by `dtc -O dtb`, or by \"dump dtb\"."
        case .entryOutside(let entry, let segments):
            var text = "The entry \(entry.description) lies in none of the loaded segments: "
            text += segments.prefix(8).map { $0.text }.joined(separator: ", ")
            if segments.count > 8 { text += " and \(segments.count - 8) more" }
            return text + ". Name the entry with ENTRY() in the linker script or `-e` of the linker."
        }
    }

    private func remedy(_ segment: SegmentRange, _ ram: MemoryRegion) -> String {
        let last = segment.start &+ segment.byteCount &- 1
        let needed = last &- ram.start.value
        if segment.start >= ram.start.value && needed < GuestRAM.largest {
            return "Give the guest more with --memory: at least \(mebibytes(needed &+ 1))M."
        }
        return "Link it to an address inside, with p_paddr at or above \(ram.start.description)."
    }
}

/// The number of MiB that hold `byteCount` bytes.
private func mebibytes(_ byteCount: UInt64) -> UInt64 { (byteCount &+ (1 << 20) &- 1) >> 20 }

private func capitalised(_ text: String) -> String { "S" + text.dropFirst() }

/// "0x80000000 to 0x87ffffff".
func rangeText(_ region: MemoryRegion) -> String { "\(region.start.description) to \((region.end - 1).description)" }
