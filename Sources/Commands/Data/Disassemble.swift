import Debugger
import Disassembly
import Guest
import Host
import Reports

/// `disassemble [/r] [/m|/s] [RANGE]`: a function or a range as instructions, below their source lines or without.
enum Disassemble {
    static var command: Command {
        Command(
            name: "disassemble", aliases: ["disas"], group: .data,
            usage: [
                "disassemble", "disassemble EXPRESSION", "disassemble START,END", "disassemble START,+BYTES",
                "disassemble/r ...", "disassemble/m ...", "disassemble/s ...",
            ],
            summary: "Show a function or a range of memory as instructions",
            help: """
                Shows the instructions of the function in which the guest stands, of the function that holds the address which
                EXPRESSION has, or of a range; END is the first address behind it. The line of pc is marked. An ebreak that
                kvmdbg planted is never shown. The instructions of the extensions that the guest's virtual CPU has are
                understood; others are shown as numbers. With /r each line has the instruction as a number too, as objdump
                shows it. With /s they stand below the source lines that they come from, and with /m too, but in the order of the lines.
                It takes an ELF file with DWARF, as compilers write it with -g; "help list" says where source files are looked for.
                """,
            takesFormat: true, completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let form = try form(&arguments, parsing.folder)
            let range = arguments.isEmpty ? nil : try RangeArgument(&arguments)
            return { (context) throws(CommandError) in
                try context.useGuestExtensions()
                if form.order != nil {
                    try context.engine { (session) throws(DebuggerError) in try session.requireLines() }
                }
                if let range {
                    let (first, last) = try range.addresses(context)
                    if let last { return try show(from: first, through: last, form, context) }
                    try showFunction(first, form, context)
                } else {
                    try showFunction(
                        try context.engine { (session) throws(DebuggerError) in try session.pc() }, form, context)
                }
            }
        }
    }

    /// The letters behind slashes, `/r`, `/rs` or `/r /s`. Throws `.syntax`.
    private static func form(_ arguments: inout Arguments, _ folder: String) throws(CommandError) -> DisassemblyForm {
        var form = DisassemblyForm(folder: folder)
        var texts: [(String, SourceSpan)] = []
        if let format = arguments.format { texts.append((format, arguments.formatSpan)) }
        while arguments.peekWord()?.utf8.first == UInt8(ascii: "/"), let (word, span) = arguments.takeWord() {
            texts.append((String(word.dropFirst()), span))
        }
        for (text, span) in texts {
            for letter in text.unicodeScalars {
                switch letter {
                case "r": form.showsBits = true
                case "m" where form.order != .address: form.order = .source
                case "s" where form.order != .source: form.order = .address
                case "m", "s": throw .syntax("Either /m or /s, not both: they are two orders.", span)
                default: throw .syntax("The letters behind the slash are r, m and s: disassemble/rs.", span)
                }
            }
        }
        return form
    }

    private static func showFunction(
        _ address: GuestVirtualAddress, _ form: DisassemblyForm, _ context: Context
    ) throws(CommandError) {
        guard let (start, end, name) = context.session.function(around: address) else {
            throw .failed(
                "No function holds \(address.description). Show a range: disassemble \(address.description),+64.", nil)
        }
        context.line("Dump of assembler code for function \(context.style.symbol(name)):")
        try show(from: start, through: end - 1, form, context)
        context.line("End of assembler dump.")
    }

    /// Shows the instructions that begin in the range; what cannot be read ends it, with the reason.
    private static func show(
        from first: GuestVirtualAddress, through last: GuestVirtualAddress, _ form: DisassemblyForm, _ context: Context
    ) throws(CommandError) {
        var address = first
        var listing = SourceListing()
        // What was read before an error or Ctrl-C is shown all the same.
        defer { if let order = form.order { listing.show(order, folder: form.folder, context) } }
        while true {
            if Interruption.isPending { throw .interrupted }
            let (text, byteCount) = try context.disassembled(at: address, showsBits: form.showsBits)
            if form.order == nil { context.line(text) } else { listing.add(text, at: address, context) }
            let next = address + UInt64(byteCount)
            // Also at the end of the address space.
            if next > last || next < address { return }
            address = next
        }
    }
}
