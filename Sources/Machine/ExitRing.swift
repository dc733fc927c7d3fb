import KVM
import Target

/// The latest exits, as the run page had them when they were answered: raw bytes, that are made sense of when they are shown.
struct ExitRing {
    /// How many exits are remembered.
    static let capacity = 20

    /// What one of them was.
    enum Entry {
        /// An exit, with the run page as it was.
        case exit(RunPage)
        /// `KVM_RUN` ended for a signal: the page is of the exit before.
        case interrupted
    }

    private struct Note {
        var reason: UInt32 = 0
        var isInterruption = false
        var nanoseconds: UInt64 = 0
    }

    private var notes = [Note](repeating: Note(), count: Self.capacity)
    private var payloads = [UInt8](repeating: 0, count: Self.capacity * RunPage.payloadByteCount)
    private var count: UInt64 = 0

    /// Remembers the exit that was answered last, and when it came.
    mutating func record(_ page: RunPage, isInterruption: Bool, nanoseconds: UInt64) {
        let index = Int(count % UInt64(Self.capacity))
        count &+= 1
        notes[index] = Note(
            reason: page.reason.rawValue, isInterruption: isInterruption, nanoseconds: nanoseconds)
        if isInterruption { return }
        payloads.withUnsafeMutableBytes { bytes in
            let start = index * RunPage.payloadByteCount
            page.copyPayload(
                into: UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + RunPage.payloadByteCount]))
        }
    }

    /// Calls `body` with each exit, oldest first, and when it came.
    func forEach(_ body: (Entry, UInt64) -> Void) {
        let first = count > UInt64(Self.capacity) ? count - UInt64(Self.capacity) : 0
        for number in first..<count {
            let index = Int(number % UInt64(Self.capacity))
            let note = notes[index]
            if note.isInterruption {
                body(.interrupted, note.nanoseconds)
                continue
            }
            let start = index * RunPage.payloadByteCount
            payloads[start..<start + RunPage.payloadByteCount].withUnsafeBytes { payload in
                RunPage.withCopy(reason: note.reason, payload: payload) { body(.exit($0), note.nanoseconds) }
            }
        }
    }
}

extension Machine {
    /// The latest exits; see `TargetStatus`.
    public var latestExits: [ExitRecord] {
        var records: [ExitRecord] = []
        exitRing.forEach { (entry, nanoseconds) in
            let event: ExitRecord.Event
            switch entry {
            case .exit(let page): event = page.exit.event(answeredBy: page)
            case .interrupted: event = Exit.interrupted.event(answeredBy: vcpu.page)
            }
            records.append(ExitRecord(event, pc: nil, nanoseconds: nanoseconds))
        }
        return records
    }
}
