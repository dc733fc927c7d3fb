import Guest
import KVM
import Target

/// What has memory slots: a VM.
protocol SlotHolder {
    var slots: [MemorySlot] { get }
    func setMemory(_ slot: MemorySlot) throws(KVMError)
}

extension VirtualMachine: SlotHolder {}

/// Why the slots are not those that were asked for.
struct SlotRefusal: Error {
    let error: KVMError
    /// Whether they are those from before.
    let isRestored: Bool
}

/// Lays the guest's RAM into the VM's memory slots, all over the same host memory.
struct MemoryMap<Holder: SlotHolder> {
    let virtualMachine: Holder
    let ram: GuestRAM

    /// Makes the slots those of `pieces`. When KVM refuses one, they are made what they were before: without its slots the guest
    /// cannot run.
    func lay(_ pieces: [MemoryPiece]) throws(SlotRefusal) {
        let before = virtualMachine.slots.map {
            MemoryPiece(start: $0.start, byteCount: $0.byteCount, isReadOnly: $0.isReadOnly)
        }.sorted { $0.start < $1.start }
        do throws(KVMError) { try change(to: pieces) } catch {
            var isRestored = true
            do throws(KVMError) { try change(to: before) } catch { isRestored = false }
            throw SlotRefusal(error: error, isRestored: isRestored)
        }
    }

    /// What is so already stays, with all that KVM has mapped of it. KVM changes neither the size of a slot nor whether it is
    /// read-only: it is taken away and laid anew. Throws `.ioctl`.
    private func change(to pieces: [MemoryPiece]) throws(KVMError) {
        var kept = [Bool](repeating: false, count: pieces.count)
        for slot in virtualMachine.slots {
            if let index = Self.index(of: slot, in: pieces) {
                kept[index] = true
            } else {
                try virtualMachine.setMemory(
                    MemorySlot(number: slot.number, start: slot.start, byteCount: 0, host: slot.host))
            }
        }
        var number: UInt32 = 0
        var taken = virtualMachine.slots.map { $0.number }.makeIterator()
        var nextTaken = taken.next()
        for (index, piece) in pieces.enumerated() where !kept[index] {
            while number == nextTaken {
                nextTaken = taken.next()
                number &+= 1
            }
            try virtualMachine.setMemory(
                MemorySlot(
                    number: number, start: piece.start, byteCount: piece.byteCount, isReadOnly: piece.isReadOnly,
                    host: ram.host(at: piece.start).map { UnsafeRawPointer($0) }))
            number &+= 1
        }
    }

    /// Where in `pieces`, which are sorted, the very piece is that `slot` holds.
    private static func index(of slot: MemorySlot, in pieces: [MemoryPiece]) -> Int? {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = low + (high - low) / 2
            if pieces[middle].start < slot.start { low = middle + 1 } else { high = middle }
        }
        let piece = MemoryPiece(start: slot.start, byteCount: slot.byteCount, isReadOnly: slot.isReadOnly)
        return low < pieces.count && pieces[low] == piece ? low : nil
    }
}
