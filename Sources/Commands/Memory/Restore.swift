import Debugger
import Guest
import Host

/// `restore FILE [binary] [OFFSET [START [END]]]`: a file into memory.
enum Restore {
    static var command: Command {
        Command(
            name: "restore", group: .data,
            usage: ["restore FILE [OFFSET [START [END]]]", "restore FILE binary ADDRESS [START [END]]"],
            summary: "Write a file's contents into memory",
            help: """
                The first form reads FILE as Intel HEX, which has addresses of its own; OFFSET is added to each. The second
                takes FILE as it is, for memory from ADDRESS on. START and END leave out what stands before START, and
                from END on: addresses of the file, before OFFSET is added, or bytes of a binary one. With phys: before
                OFFSET or ADDRESS guest-physical memory is written. A file that cannot be read, and a range without memory,
                change nothing.
                """,
            completion: .files, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let path = parsing.path(try arguments.takeFileWord("The name of the file to read"))
            let isBinary = arguments.peekWord() == "binary"
            if isBinary { _ = arguments.takeWord() }
            if isBinary && arguments.isEmpty {
                throw .syntax("The address to write to is missing: restore FILE binary ADDRESS.", arguments.restSpan)
            }
            var numbers: [Expression] = []
            while numbers.count < 3, !arguments.isEmpty {
                numbers.append(try parsing.wordExpression(&arguments, "A number"))
            }
            return { (context) throws(CommandError) in
                var values: [GuestAddress] = []
                for number in numbers { values.append(try context.address(try context.evaluate(number), number.span)) }
                let limits = (
                    start: values.count > 1 ? values[1].value : 0, end: values.count > 2 ? values[2].value : UInt64.max
                )
                if limits.end <= limits.start {
                    throw .failed("Nothing lies between this END and its START.", numbers.last?.span)
                }
                let offset = values.first ?? .virtual(GuestVirtualAddress(0))
                if isBinary {
                    try restore(binary: path, to: offset, limits, context)
                } else {
                    try restore(ihex: path, offset: offset, limits, context)
                }
            }
        }
    }

    private static func restore(
        binary path: String, to address: GuestAddress, _ limits: (start: UInt64, end: UInt64), _ context: Context
    ) throws(CommandError) {
        let file: FileReader
        do throws(HostError) { file = try FileReader(path) } catch { throw CommandError(error) }
        let end = min(file.byteCount, limits.end)
        guard limits.start < end else {
            throw .failed("\"\(path)\" has \(file.byteCount) bytes: none of them is in the range.", nil)
        }
        let target = address + limits.start
        try require(target, end - limits.start, context)
        context.line("Restoring binary file \(path) into memory \(text(target, end - limits.start))")
        var done = limits.start
        while done < end {
            if Interruption.isPending { throw .interrupted }
            let bytes: [UInt8]
            do throws(HostError) { bytes = try file.bytes(at: done, count: Int(min(end - done, 1 << 20))) } catch {
                throw CommandError(error)
            }
            if bytes.isEmpty { throw .failed("\"\(path)\" has become shorter while it was read.", nil) }
            try context.engine { (session) throws(DebuggerError) in
                try session.writeMemory(bytes, at: address + done)
            }
            done += UInt64(bytes.count)
        }
    }

    private static func restore(
        ihex path: String, offset: GuestAddress, _ limits: (start: UInt64, end: UInt64), _ context: Context
    ) throws(CommandError) {
        let file: [UInt8]
        do throws(HostError) { file = try Files.read(path, isRegular: true) } catch { throw CommandError(error) }
        var blocks: [IntelHex.Block]
        do throws(IntelHex.Problem) { blocks = try IntelHex.parse(file) } catch {
            throw .failed(
                "Cannot read \"\(path)\" as Intel HEX: in line \(error.line), \(error.text). For a file that is a plain copy of "
                    + "memory write: restore FILE binary ADDRESS.", nil)
        }
        blocks = blocks.compactMap { $0.part(limits) }
        if blocks.isEmpty { throw .failed("\"\(path)\" has no bytes in the range.", nil) }
        for block in blocks { try require(offset + block.address, UInt64(block.bytes.count), context) }
        for block in blocks {
            let target = offset + block.address
            context.line("Restoring section of \(path) into memory \(text(target, UInt64(block.bytes.count)))")
            try context.engine { (session) throws(DebuggerError) in
                try session.writeMemory(block.bytes, at: target)
            }
        }
    }

    /// Nothing is written unless all can be.
    private static func require(_ address: GuestAddress, _ count: UInt64, _ context: Context) throws(CommandError) {
        try context.engine { (session) throws(DebuggerError) in
            try session.requireMemory(at: address, count: count, for: "write")
        }
    }

    /// "(0x80001000 to 0x80002000)", as GDB shows it: the second is the address behind the last byte.
    private static func text(_ start: GuestAddress, _ count: UInt64) -> String {
        "(\(start.description) to \(hex(start.value &+ count)))"
    }
}

extension IntelHex.Block {
    /// What of it lies from `limits.start` up to, and not including, `limits.end`; nil when nothing does.
    fileprivate func part(_ limits: (start: UInt64, end: UInt64)) -> IntelHex.Block? {
        let end = address + UInt64(bytes.count)
        let from = max(address, limits.start)
        let to = min(end, limits.end)
        guard from < to else { return nil }
        return IntelHex.Block(address: from, bytes: Array(bytes[Int(from - address)..<Int(to - address)]))
    }
}
