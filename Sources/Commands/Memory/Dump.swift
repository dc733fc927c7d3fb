import Debugger
import Guest
import Host

/// `dump [binary|ihex] memory|value FILE …` and `dump dtb FILE`: memory, a value, or the device tree, into a file.
enum Dump {
    static var command: Command {
        Command(
            name: "dump", group: .data,
            usage: [
                "dump [binary|ihex] memory FILE START END", "dump [binary|ihex] value FILE EXPRESSION",
                "dump dtb FILE",
            ],
            summary: "Write memory, a value or the device tree to a file",
            help: """
                Writes the memory from START up to, and not including, END, or the bytes of a value, to FILE: as they are
                (binary, also without a word), or as Intel HEX (ihex), which has addresses of 32 bits, that of a value being
                0; "restore" reads both. The file is written beside FILE and takes its place when it is whole, so that
                neither an error nor Ctrl-C leaves a part of it. A FILE with blanks stands in double quotes, a START with
                blanks in parentheses. With phys: before START it is guest-physical memory. An ebreak that kvmdbg planted is
                never written.
                dtb: the device tree blob that the guest was given, as it was then, to FILE; "dtc -I dtb FILE" shows it, and
                "machine dtb FILE" gives it to the next guest.
                """,
            completion: .file(after: ["memory", "value", "dtb"], ["binary", "ihex", "memory", "value", "dtb"]),
            repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.peekWord() == "dtb" {
                _ = arguments.takeWord()
                return deviceTree(parsing.path(try arguments.takeFileWord("The name of the file to write")))
            }
            var format = Format.binary
            switch arguments.peekWord() {
            case "binary": _ = arguments.takeWord()
            case "ihex":
                format = .ihex
                _ = arguments.takeWord()
            default: break
            }
            let what = arguments.peekWord()
            guard what == "memory" || what == "value" else {
                let words = format == .binary ? "\"memory\", \"value\" or \"dtb\"" : "\"memory\" or \"value\""
                throw .syntax(words + " is expected here.", arguments.restSpan)
            }
            _ = arguments.takeWord()
            let path = parsing.path(try arguments.takeFileWord("The name of the file to write"))
            return what == "memory"
                ? try memory(format, path, &arguments, parsing) : try value(format, path, &arguments, parsing)
        }
    }

    private enum Format {
        case binary, ihex
    }

    private static func memory(
        _ format: Format, _ path: String, _ arguments: inout Arguments, _ parsing: ParseContext
    ) throws(CommandError) -> Action {
        let start = try parsing.wordExpression(&arguments, "The address to start at")
        if arguments.isEmpty { throw .syntax("The address behind the last byte is missing.", arguments.restSpan) }
        let end = try parsing.expression(&arguments)
        return { (context) throws(CommandError) in
            let from = try context.address(try context.evaluate(start), start.span)
            let to = try context.address(try context.evaluate(end), end.span)
            let range = try MemoryRange((from, start.span), upTo: (to, end.span), isInclusive: false)
            switch format {
            case .binary:
                try write(range, to: path, context) { (piece, file) throws(HostError) in try file.write(piece) }
            case .ihex: try writeHex(range, to: path, start.span, context)
            }
        }
    }

    private static func value(
        _ format: Format, _ path: String, _ arguments: inout Arguments, _ parsing: ParseContext
    ) throws(CommandError) -> Action {
        let expression = try parsing.expression(&arguments)
        return { (context) throws(CommandError) in
            guard let bytes = try context.evaluate(expression).bytes else {
                throw .failed("This has no value that could be written.", expression.span)
            }
            var hex = IntelHexWriter(at: 0)
            if format == .ihex {
                bytes.withUnsafeBytes { hex.append($0) }
                hex.finish()
            }
            try write(format == .ihex ? hex.take() : bytes, to: path)
        }
    }

    private static func deviceTree(_ path: String) -> Action {
        { (context) throws(CommandError) in
            guard
                let blob = try context.engine({ (session) throws(DebuggerError) in try session.deviceTree() })
            else {
                throw .failed(
                    "The guest was given no device tree: behind the program its RAM had no room for one. Give it more with "
                        + "\"machine memory SIZE\".", nil)
            }
            try write(blob, to: path)
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
        do throws(HostError) { try NewFile.write(bytes, to: path) } catch { throw CommandError(error) }
    }

    private static func writeHex(
        _ range: MemoryRange, to path: String, _ span: SourceSpan, _ context: Context
    ) throws(CommandError) {
        guard let start = UInt32(exactly: range.start.value), range.byteCount <= (1 << 32) - UInt64(start) else {
            throw .failed(
                "Intel HEX has addresses of 32 bits, and \(hex(range.start.value &+ (range.byteCount - 1))) has more: use "
                    + "\"dump binary\", or the physical address behind phys:.", span)
        }
        var hex = IntelHexWriter(at: start)
        try write(range, to: path, context) { (piece, file) throws(HostError) in
            // The text is 2.8 times as long as the bytes: not all of a large piece at once.
            var from = 0
            while from < piece.count {
                let end = min(piece.count, from + 1 << 16)
                hex.append(UnsafeRawBufferPointer(rebasing: piece[from..<end]))
                try file.write(hex.take())
                from = end
            }
        } finish: { (file) throws(HostError) in
            hex.finish()
            try file.write(hex.take())
        }
    }

    /// Gives the pieces of `range` to `put` and has the file take its place at `path` when all of it is written.
    private static func write(
        _ range: MemoryRange, to path: String, _ context: Context,
        _ put: (UnsafeRawBufferPointer, NewFile) throws(HostError) -> Void,
        finish: (NewFile) throws(HostError) -> Void = { (_) throws(HostError) in }
    ) throws(CommandError) {
        let file: NewFile
        do throws(HostError) { file = try NewFile(path) } catch { throw CommandError(error) }
        var failure: HostError?
        try context.engine { (session) throws(DebuggerError) in
            try session.forEachPiece(at: range.start, count: range.byteCount) { piece in
                do throws(HostError) { try put(piece, file) } catch { failure = error }
                return failure == nil && !Interruption.isPending
            }
        }
        if let failure { throw CommandError(failure) }
        if Interruption.isPending { throw .interrupted }
        do throws(HostError) {
            try finish(file)
            try file.finish()
        } catch { throw CommandError(error) }
    }
}
