/// What registers held when they were shown, so that what changed since an earlier stop can be marked without reading
/// anything at a stop.
struct ShownRegisters {
    private struct Entry {
        var stop: UInt64
        var bytes: [UInt8]
        /// What was shown at the latest stop before `stop`.
        var earlier: [UInt8]?
    }

    private var entries: [String: Entry] = [:]
    private var stop: UInt64 = 0

    /// The guest has run.
    mutating func nextStop() { stop &+= 1 }

    /// There is another guest.
    mutating func forget() { entries = [:] }

    /// Remembers that the register `name` is shown with the contents `bytes`. Whether they are not what was shown at an earlier
    /// stop.
    mutating func show(_ name: String, _ bytes: [UInt8]) -> Bool {
        var entry = entries[name] ?? Entry(stop: stop, bytes: bytes, earlier: nil)
        if entry.stop != stop { entry.earlier = entry.bytes }
        entry.stop = stop
        entry.bytes = bytes
        entries[name] = entry
        return entry.earlier.map { $0 != bytes } ?? false
    }
}

extension Session {
    /// Remembers that the register `name` is shown with the contents `bytes`, for later stops. Whether they differ from what was
    /// shown at an earlier stop of this guest; false when the register was not shown then.
    public func noteShown(_ name: String, _ bytes: [UInt8]) -> Bool { shownRegisters.show(name, bytes) }
}
