/// What was typed at the guest's console and waits for the guest to read it, by the serial port or by SBI calls.
final class ConsoleInput {
    private var bytes = ByteQueue()
    /// Called whenever there may be something new.
    var changed: () -> Void = {}

    var isEmpty: Bool { bytes.isEmpty }

    func append(_ more: [UInt8]) {
        bytes.append(more)
        changed()
    }

    /// The byte that was typed first of those that wait; nil when none does.
    func next() -> UInt8? { bytes.removeFirst() }
}
