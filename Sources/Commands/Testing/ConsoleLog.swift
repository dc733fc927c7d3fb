import Guest
import Host

/// What the guest has said on its console: the latest part of it, and up to where a script has looked at it.
public final class ConsoleLog {
    /// How much is kept at least.
    static let limit = 1 << 16

    /// What is kept.
    private(set) var bytes: [UInt8] = []
    /// Up to where in it a script has found what it expected.
    private var consumed = 0
    /// What the guest is to be stopped at.
    private var awaited: ConsoleText?
    /// From where on in `bytes` that can be.
    private var searchStart = 0
    /// Why looking for it was given up.
    private var problem: CommandError?

    /// The console of a guest that has said nothing.
    public init() {}

    /// A fresh guest has a fresh console.
    public func clear() {
        bytes.removeAll(keepingCapacity: true)
        consumed = 0
        awaited = nil
    }

    /// Where all that the guests say is written as well.
    var file: OutputFile?

    /// Takes what the guest says; whether it is to stop now.
    public func write(_ new: UnsafeBufferPointer<UInt8>) -> Bool {
        if let file {
            file.sink.write(new)
            // Whoever follows the file sees each line at once.
            if new.contains(UInt8(ascii: "\n")) { file.flush() }
        }
        bytes.append(contentsOf: new)
        // Not at each byte: moving them costs.
        if bytes.count > 2 * ConsoleLog.limit { drop(bytes.count - ConsoleLog.limit) }
        return isAwaitedThere()
    }

    /// Hands the file's text to the kernel. A file that could not be written is closed; why.
    func flush() -> HostError? {
        file?.flush()
        guard let failure = file?.failure else { return nil }
        file = nil
        return failure
    }

    /// Whether `text` is in what was said and not looked at yet; if so, that is looked at now, up to its end. Throws `.failed`.
    func take(_ text: ConsoleText) throws(CommandError) -> Bool {
        guard case .match(let range) = try text.find(in: bytes, from: consumed, isOpen: false) else { return false }
        consumed = range.upperBound
        return true
    }

    /// Has the guest stop as soon as it has said `text`.
    func wait(for text: ConsoleText) {
        awaited = text
        searchStart = consumed
        problem = nil
    }

    /// Ends that: whether it was said, and looks at it. What may go on is taken as it is.
    /// Throws `.failed`.
    func endWait() throws(CommandError) -> Bool {
        guard let text = awaited else { return false }
        awaited = nil
        if let problem { throw problem }
        return try take(text)
    }

    /// What was said and not looked at yet.
    var rest: ArraySlice<UInt8> { bytes[consumed...] }

    private func isAwaitedThere() -> Bool {
        guard let awaited else { return false }
        do throws(CommandError) {
            switch try awaited.find(in: bytes, from: searchStart, isOpen: true) {
            case .match: return true
            case .begun(let start): searchStart = start
            case .nothing: searchStart = bytes.count
            }
            return false
        } catch {
            problem = error
            return true
        }
    }

    private func drop(_ count: Int) {
        bytes.removeFirst(count)
        consumed = max(0, consumed - count)
        searchStart = max(0, searchStart - count)
    }
}
