import Debugger
import Guest
import Host

/// `find [/SIZE][/MAX] START, +LENGTH, VALUE…`: where bytes are in memory.
enum Find {
    static var command: Command {
        Command(
            name: "find", group: .data,
            usage: [
                "find START, +LENGTH, VALUE, …", "find START, LAST, VALUE, …",
                "find/SIZE/MAX START, …",
            ],
            summary: "Find bytes in memory",
            help: """
                Looks for the bytes of the values, one behind the other, in LENGTH bytes from START on, or up to and including
                LAST; shows the address of each match, which may overlap, and how many there are. SIZE is the size of each
                value: b one byte, h two, w four, g eight; without it a literal that fits has 4 bytes, as C's int, and
                anything else the size of its type. A string stands for its bytes, without a zero at its end: write
                "text\\0" to look for one. MAX is how many matches to look for. With phys: before START the guest-physical
                memory is searched. $_ is the last address found, $numfound how many there are. Not to find
                anything is no error. An ebreak that kvmdbg planted is never seen.
                """,
            takesFormat: true, completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let options = try FindOptions(&arguments)
            let start = try parsing.nextExpression(&arguments, "The address to start at")
            try comma(&arguments, "the end of the range, or its length behind a plus sign: find $sp, +64, 1")
            let isLength = arguments.take("+")
            let end = try parsing.nextExpression(&arguments, "The end of the range")
            try comma(&arguments, "a value to look for")
            var values: [Expression] = []
            repeat {
                values.append(try parsing.nextExpression(&arguments, "A value to look for"))
            } while arguments.take(",")
            return { (context) throws(CommandError) in
                let from = try context.address(try context.evaluate(start), start.span)
                let range = try range(from, start.span, end, isLength, context)
                var pattern: [UInt8] = []
                for value in values { pattern += try bytes(of: value, options.size, context) }
                try find(pattern, in: range, options.most, context)
            }
        }
    }

    private static func comma(_ arguments: inout Arguments, _ next: String) throws(CommandError) {
        if !arguments.take(",") { throw .syntax("A comma is expected here, and \(next).", arguments.restSpan) }
    }

    private static func range(
        _ start: GuestAddress, _ span: SourceSpan, _ end: Expression, _ isLength: Bool, _ context: Context
    ) throws(CommandError) -> MemoryRange {
        let value = try context.evaluate(end)
        if !isLength {
            return try MemoryRange(
                (start, span), upTo: (try context.address(value, end.span), end.span), isInclusive: true)
        }
        guard let length = value.bits, length > 0 else {
            throw .failed("A length is a number of bytes from 1 on.", end.span)
        }
        return MemoryRange(start: start, byteCount: length)
    }

    /// The bytes that `expression` stands for, in `size` bytes if it is a number, or in as many as it has.
    private static func bytes(
        of expression: Expression, _ size: Int?, _ context: Context
    ) throws(CommandError) -> [UInt8] {
        let value = try context.evaluate(expression)
        guard var bytes = value.bytes, !bytes.isEmpty else {
            throw .failed("This has no bytes to look for.", expression.span)
        }
        if case .string = value { return bytes }
        let high = bytes.dropFirst(4)
        let isInt = high.allSatisfy { $0 == 0 } || high.allSatisfy { $0 == 0xFF } && bytes.count > 3 && bytes[3] > 0x7F
        let count = size ?? (expression.isIntegerLiteral && isInt ? 4 : bytes.count)
        let isNegative = value.isNegative
        while bytes.count < count { bytes.append(isNegative ? 0xFF : 0) }
        return Array(bytes.prefix(count))
    }

    private static func find(
        _ pattern: [UInt8], in range: MemoryRange, _ most: Int?, _ context: Context
    ) throws(CommandError) {
        guard UInt64(pattern.count) <= range.byteCount else {
            throw .failed(
                "The range has \(range.byteCount) bytes and the values have \(pattern.count): nothing can be found.",
                nil)
        }
        var search = PatternSearch(pattern)
        var count: UInt64 = 0
        var last: GuestAddress?
        var failure: DebuggerError?
        do throws(DebuggerError) {
            try context.session.forEachPiece(at: range.start, count: range.byteCount) { piece in
                search.feed(piece) { offset in
                    let address = range.start + offset
                    context.line(context.addressText(address))
                    last = address
                    count += 1
                    return !Interruption.isPending && count < most.map { UInt64($0) } ?? .max
                } && !Interruption.isPending
            }
        } catch { failure = error }
        context.session.setFound(last, count: count)
        if Interruption.isPending { throw .interrupted }
        if count > 0 || failure == nil {
            context.line(
                count == 0 ? "Pattern not found." : count == 1 ? "1 pattern found." : "\(count) patterns found.")
        }
        if let failure { throw CommandError(failure) }
    }
}

/// What stands behind the slashes of `find/b/10`, which may also be one: `find/b10`.
struct FindOptions {
    /// The bytes of each value.
    private(set) var size: Int?
    /// How many matches to look for.
    private(set) var most: Int?

    /// Takes the letters behind the command's name, and further words that begin with a slash. Throws `.syntax`.
    init(_ arguments: inout Arguments) throws(CommandError) {
        if let format = arguments.format { try parse(format, arguments.formatSpan) }
        while arguments.peekWord()?.utf8.first == UInt8(ascii: "/"), let (word, span) = arguments.takeWord() {
            try parse(word, span)
        }
    }

    private mutating func parse(_ text: String, _ span: SourceSpan) throws(CommandError) {
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "/": continue
            case "b": size = 1
            case "h": size = 2
            case "w": size = 4
            case "g": size = 8
            case "0"..."9": digits.unicodeScalars.append(scalar)
            default:
                throw .syntax("A size is one of b h w g, and a count of matches a number: find/w10.", span)
            }
        }
        if digits.isEmpty { return }
        guard let number = Int(digits), number > 0 else {
            throw .syntax("A count of matches is a number from 1 on.", span)
        }
        most = number
    }
}
