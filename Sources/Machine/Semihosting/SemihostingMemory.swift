import Guest
import Host
import RISCV
import Target

/// The guest's memory as a semihosting call names it: by virtual addresses, over as many pages as it takes.
struct SemihostingMemory {
    let space: AddressSpace
    /// The block of the call's arguments.
    let block: GuestVirtualAddress

    /// What bytes are moved by, so that a length costs no memory.
    static let pieceByteCount = 1 << 16
    /// The longest text that is looked through for its end.
    static let longestText = 1 << 20

    /// The argument `index` of the block. Throws `.noMemory`.
    func argument(_ index: UInt64) throws(SemihostingFailure) -> UInt64 {
        do throws(SemihostingFailure) {
            return littleEndian(try bytes(at: block + 8 * index, count: 8, "").prefix(8))
        } catch { throw .noMemory(what: "the block of its arguments", block) }
    }

    /// The `count` bytes from `address` on. Throws `.noMemory` with `what`.
    func bytes(
        at address: GuestVirtualAddress, count: Int, _ what: String
    ) throws(SemihostingFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        try pieces(of: address, count: count, what) { bytes += UnsafeRawBufferPointer($0) }
        return bytes
    }

    /// Puts `bytes` to `address`, all or nothing. Throws `.noMemory` with `what`.
    func write(_ bytes: [UInt8], at address: GuestVirtualAddress, _ what: String) throws(SemihostingFailure) {
        try pieces(of: address, count: bytes.count, what) { _ in }
        var done = 0
        try pieces(of: address, count: bytes.count, what) { piece in
            piece.copyBytes(from: bytes[done..<done + piece.count])
            done += piece.count
        }
    }

    /// Puts a word of eight bytes to `address`. Throws `.noMemory` with `what`.
    func write(_ word: UInt64, at address: GuestVirtualAddress, _ what: String) throws(SemihostingFailure) {
        try write((0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }, at: address, what)
    }

    /// The bytes from `address` on up to a zero. Throws `.noMemory` and `.endlessText`.
    func text(at address: GuestVirtualAddress) throws(SemihostingFailure) -> [UInt8] {
        var text: [UInt8] = []
        while text.count < Self.longestText {
            let place = address + UInt64(text.count)
            // No further than the page: the next one may not be there.
            let count = Int(GuestRAM.pageSize - (place.value & (GuestRAM.pageSize - 1)))
            let piece = try bytes(at: place, count: count, "a text")
            if let end = piece.firstIndex(of: 0) { return text + piece[..<end] }
            text += piece
        }
        throw .endlessText(address, byteCount: Self.longestText)
    }

    /// Calls `body` with the RAM behind the `count` bytes from `address` on, in pieces that each lie in a page.
    private func pieces(
        of address: GuestVirtualAddress, count: Int, _ what: String, _ body: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(SemihostingFailure) {
        var done = 0
        while done < count {
            let place = address + UInt64(done)
            let length = min(count - done, Int(GuestRAM.pageSize - (place.value & (GuestRAM.pageSize - 1))))
            guard let physical = space.translate(place)?.address,
                space.ram.region.contains(physical, count: UInt64(length)), let host = space.ram.host(at: physical)
            else { throw .noMemory(what: what, place) }
            // SAFETY: all `length` bytes behind it are RAM, as was just seen.
            body(UnsafeMutableRawBufferPointer(start: host, count: length))
            done += length
        }
    }
}
