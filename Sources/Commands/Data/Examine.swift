import Debugger
import Guest
import Host
import RISCV

/// `x[/NFU] [EXPR]`: memory.
enum Examine {
    static var command: Command {
        Command(
            name: "x", group: .data,
            usage: ["x/NFU EXPRESSION", "x EXPRESSION", "x"],
            summary: "Show memory",
            help: """
                Shows N units of memory from the address that EXPRESSION has, in the format F: d signed, u unsigned,
                x hexadecimal, o octal, t binary, c character, a address with symbol, z hexadecimal with leading zeros,
                i instructions, s strings. U is the size: b one byte, h two, w four, g eight. What is left out is as in the
                last x. Without an EXPRESSION, and on Enter, it goes on where it left off. An ebreak that kvmdbg planted is
                never shown. Before the guest runs, the ELF file's contents are shown. $_ is the last address shown, $__
                its contents.
                """,
            takesFormat: true, completion: .expressions, repetition: .onward
        ) { (arguments, parsing) throws(CommandError) in
            let format = try ExamineFormat(arguments)
            let expression = arguments.isEmpty ? nil : try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                var state = format.applied(to: context.examine)
                if let expression {
                    guard let bits = try context.evaluate(expression).bits else {
                        throw .failed("This has no value that could be an address.", nil)
                    }
                    state.next = GuestVirtualAddress(bits)
                }
                guard let start = state.next else { throw .failed("An address is missing: x/4xw $sp.", nil) }
                // What can be shown is shown, up to the first unit that cannot be read; the next call tries that one again.
                context.examine = state
                switch state.form {
                case .instruction: try instructions(from: start, state.count, context)
                case .string: try strings(from: start, state.count, context)
                case .value(let format): try values(from: start, state.count, format, state.unit, context)
                }
            }
        }
    }

    /// The bytes of one string that are shown at once, as in GDB; the rest comes next.
    private static let stringLimit = 200

    private static func advance(
        _ context: Context, from: GuestVirtualAddress, to next: GuestVirtualAddress, byteCount: Int
    ) {
        context.examine.next = next
        context.session.setExamined(from, byteCount: byteCount)
    }

    private static func instructions(
        from start: GuestVirtualAddress, _ count: Int, _ context: Context
    ) throws(CommandError) {
        var address = start
        for _ in 0..<count {
            try stopIfInterrupted()
            let (text, byteCount) = try context.disassembled(at: address)
            context.line(text)
            advance(context, from: address, to: address + UInt64(byteCount), byteCount: byteCount)
            address = address + UInt64(byteCount)
        }
    }

    private static func strings(from start: GuestVirtualAddress, _ count: Int, _ context: Context) throws(CommandError)
    {
        var address = start
        for _ in 0..<count {
            try stopIfInterrupted()
            let bytes: [UInt8]
            do throws(EvaluationFailure) {
                bytes = try GuestString.read(at: address, limit: stringLimit, in: context.session)
            } catch {
                throw .failed(error.message, nil)
            }
            let isCut = bytes.count == stringLimit
            context.line("\(context.addressText(address)):  " + context.text(of: .string(bytes)) + (isCut ? "..." : ""))
            let next = address + UInt64(bytes.count + (isCut ? 0 : 1))
            advance(context, from: address, to: next, byteCount: 1)
            address = next
        }
    }

    private static func values(
        from start: GuestVirtualAddress, _ count: Int, _ format: PrintFormat, _ unit: Int, _ context: Context
    ) throws(CommandError) {
        let perLine = format == .address ? 1 : unit == 8 ? 2 : unit == 4 ? 4 : 8
        var address = start
        var left = count
        while left > 0 {
            try stopIfInterrupted()
            let line = try lineOfValues(at: address, min(left, perLine), format, unit, context)
            context.line("\(context.addressText(address)):  " + line.text)
            let next = address + UInt64(line.count * unit)
            advance(context, from: next - UInt64(unit), to: next, byteCount: unit)
            left -= line.count
            address = next
        }
    }

    /// One line's values; fewer than `count` when memory ends among them.
    private static func lineOfValues(
        at start: GuestVirtualAddress, _ count: Int, _ format: PrintFormat, _ unit: Int, _ context: Context
    ) throws(CommandError) -> (text: String, count: Int) {
        guard let type = IntegerType.unsigned(byteCount: UInt64(unit)) else { return ("", count) }
        let bytes = try readable(from: start, upTo: count * unit, unit, context)
        var texts: [String] = []
        for index in 0..<(bytes.count / unit) {
            let bits = littleEndian(bytes[index * unit..<(index + 1) * unit])
            texts.append(context.text(of: Value(bits, type), format == .hexadecimal ? .paddedHexadecimal : format))
        }
        return (texts.joined(separator: "  "), texts.count)
    }

    /// Ctrl-C ends a long listing.
    private static func stopIfInterrupted() throws(CommandError) {
        if Interruption.isPending { throw .interrupted }
    }

    /// At most `count` bytes from `start` on: fewer, in whole units, when memory ends among them. Throws `.failed` when not even
    /// the first unit can be read.
    private static func readable(
        from start: GuestVirtualAddress, upTo count: Int, _ unit: Int, _ context: Context
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
