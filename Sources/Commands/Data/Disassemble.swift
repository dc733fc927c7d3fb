import Debugger
import Disassembly
import Guest
import Host
import Reports

/// `disassemble [/r] [RANGE]`: a function or a range as instructions.
enum Disassemble {
    static var command: Command {
        Command(
            name: "disassemble", aliases: ["disas"], group: .data,
            usage: [
                "disassemble", "disassemble EXPRESSION", "disassemble START,END", "disassemble START,+BYTES",
                "disassemble/r ...",
            ],
            summary: "Show a function or a range of memory as instructions",
            help: """
                Shows the instructions of the function in which the guest stands, of the function that holds the address which
                EXPRESSION has, or of a range; END is the first address behind it. The line of pc is marked. An ebreak that
                kvmdbg planted is never shown. The instructions of the extensions that the guest's virtual CPU has are
                understood; others are shown as numbers. With /r each line has the instruction as a number too, as objdump
                shows it. /m and /s, for source lines, are not available in this version.
                """,
            takesFormat: true, completion: .expressions
        ) { (arguments, _) throws(CommandError) in
            let showsBits = try modifiers(&arguments)
            let range = arguments.isEmpty ? nil : try RangeArgument(&arguments)
            return { (context) throws(CommandError) in
                try context.useGuestExtensions()
                if let range {
                    let (first, last) = try range.addresses(context)
                    if let last { return try show(from: first, through: last, showsBits, context) }
                    try showFunction(first, showsBits, context)
                } else {
                    try showFunction(
                        try context.engine { (session) throws(DebuggerError) in try session.pc() }, showsBits, context)
                }
            }
        }
    }

    /// The letters behind slashes, `/r` or `/r /m`; whether `r` is among them. Throws `.syntax` and `.failed`.
    private static func modifiers(_ arguments: inout Arguments) throws(CommandError) -> Bool {
        var showsBits = false
        var texts: [(String, SourceSpan)] = []
        if let format = arguments.format { texts.append((format, arguments.formatSpan)) }
        while arguments.peekWord()?.utf8.first == UInt8(ascii: "/"), let (word, span) = arguments.takeWord() {
            texts.append((String(word.dropFirst()), span))
        }
        for (text, span) in texts {
            for letter in text.unicodeScalars {
                switch letter {
                case "r": showsBits = true
                case "m", "s":
                    throw .syntax(
                        "Source lines cannot be shown: this version does not read the line table of DWARF. Without /m and /s "
                            + "the instructions are shown.", span)
                default: throw .syntax("The letter behind the slash is r: disassemble/r.", span)
                }
            }
        }
        return showsBits
    }

    private static func showFunction(
        _ address: GuestVirtualAddress, _ showsBits: Bool, _ context: Context
    ) throws(CommandError) {
        guard let (start, end, name) = context.session.function(around: address) else {
            throw .failed(
                "No function holds \(address.description). Show a range: disassemble \(address.description),+64.", nil)
        }
        context.line("Dump of assembler code for function \(context.style.symbol(name)):")
        try show(from: start, through: end - 1, showsBits, context)
        context.line("End of assembler dump.")
    }

    /// Shows the instructions that begin in the range; what cannot be read ends it, with the reason.
    private static func show(
        from first: GuestVirtualAddress, through last: GuestVirtualAddress, _ showsBits: Bool, _ context: Context
    ) throws(CommandError) {
        var address = first
        while true {
            if Interruption.isPending { throw .interrupted }
            let (text, byteCount) = try context.disassembled(at: address, showsBits: showsBits)
            context.line(text)
            let next = address + UInt64(byteCount)
            // Also at the end of the address space.
            if next > last || next < address { return }
            address = next
        }
    }
}
