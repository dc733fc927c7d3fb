import Debugger
import Guest
import Host
import RISCV

/// Memory as lines: what `x` and `display/FORMAT` show of it. Making the lines changes nothing in the session.
struct MemoryListing {
    /// One line.
    struct Line {
        /// The text, without the line's end.
        let text: String
        /// The last unit in it.
        let last: (address: GuestAddress, byteCount: Int)
        /// Where the next line begins.
        let next: GuestAddress
    }

    /// What is shown.
    let state: ExamineState
    /// Where from.
    let start: GuestAddress

    /// The bytes of one string that are shown at once, as in GDB; the rest comes next.
    private static let stringLimit = 200

    /// Gives `show` the lines one by one. What can be shown is shown: an error comes behind the lines before it. Throws `.failed`,
    /// and `.interrupted` after Ctrl-C.
    func forEachLine(_ context: Context, _ show: (Line) -> Void) throws(CommandError) {
        if state.form == .instruction { try context.useGuestExtensions() }
        var address = start
        var left = state.count
        while left > 0 {
            // Ctrl-C ends a long listing.
            if Interruption.isPending { throw .interrupted }
            let line: Line
            switch state.form {
            case .instruction: (line, left) = (try instruction(at: address, context), left - 1)
            case .string: (line, left) = (try string(at: address, context), left - 1)
            case .value(let format):
                let count: Int
                (line, count) = try values(at: address, left, format, context)
                left -= count
            }
            show(line)
            address = line.next
        }
    }

    private func instruction(at address: GuestAddress, _ context: Context) throws(CommandError) -> Line {
        let (text, byteCount) = try context.disassembled(at: address)
        return Line(text: text, last: (address, byteCount), next: address + UInt64(byteCount))
    }

    private func string(at address: GuestAddress, _ context: Context) throws(CommandError) -> Line {
        let bytes: [UInt8]
        do throws(EvaluationFailure) {
            bytes = try GuestString.read(at: address, limit: Self.stringLimit, in: context.session)
        } catch {
            throw .failed(error.message, nil)
        }
        let isCut = bytes.count == Self.stringLimit
        return Line(
            text: "\(context.addressText(address)):  " + context.text(of: .string(bytes)) + (isCut ? "..." : ""),
            last: (address, 1), next: address + UInt64(bytes.count + (isCut ? 0 : 1)))
    }

    /// One line of at most `left` values; fewer when memory ends among them.
    private func values(
        at address: GuestAddress, _ left: Int, _ format: PrintFormat, _ context: Context
    ) throws(CommandError) -> (Line, Int) {
        let unit = state.unit
        let perLine = format == .address ? 1 : unit == 8 ? 2 : unit == 4 ? 4 : 8
        let bytes = try readable(from: address, upTo: min(left, perLine) * unit, unit, context)
        var texts: [String] = []
        for index in 0..<(bytes.count / unit) {
            guard let type = unitType(unit, format) else { break }
            let bits = littleEndian(bytes[index * unit..<(index + 1) * unit])
            texts.append(context.text(of: Value(representation: bits, type), format, isPadded: true))
        }
        let next = address + UInt64(texts.count * unit)
        let text = "\(context.addressText(address)):  " + texts.joined(separator: "  ")
        return (Line(text: text, last: (next - UInt64(unit), unit), next: next), texts.count)
    }

    /// What one unit of `byteCount` bytes is read as.
    private func unitType(_ byteCount: Int, _ format: PrintFormat) -> ValueType? {
        if format == .float && byteCount >= 4 { return .float(byteCount == 4 ? .f32 : .f64) }
        return IntegerType.unsigned(byteCount: UInt64(byteCount)).map { .integer($0) }
    }

    /// At most `count` bytes from `start` on: fewer, in whole units, when memory ends among them. Throws `.failed` when not even
    /// the first unit can be read.
    private func readable(
        from start: GuestAddress, upTo count: Int, _ unit: Int, _ context: Context
    ) throws(CommandError) -> [UInt8] {
        if let all = try? context.session.bytes(at: start, count: count) { return all }
        var bytes = try context.engine { (session) throws(DebuggerError) in try session.bytes(at: start, count: unit) }
        while bytes.count < count,
            let more = try? context.session.bytes(at: start + UInt64(bytes.count), count: unit)
        {
            bytes += more
        }
        return bytes
    }
}
