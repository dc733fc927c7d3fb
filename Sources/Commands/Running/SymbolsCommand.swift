import Debugger
import Guest
import Host
import Symbols

/// `symbols`: names for addresses, besides the program's own.
enum SymbolsCommand {
    static var command: Command {
        Command(
            name: "symbols", group: .running,
            usage: ["symbols", "symbols FILE [OFFSET]", "symbols kallsyms [FILE]"],
            summary: "Read further symbols, or list the tables of symbols",
            help: """
                Reads the symbols of FILE, an ELF file or a list as a kernel's System.map or /proc/kallsyms (the content tells
                which), besides those of the loaded guest: every command knows the names then. They are moved OFFSET bytes up,
                an expression. Without OFFSET they are where FILE has them; a Linux kernel's are moved to where the kernel
                runs (KASLR), at the first stop at which that can be seen in the guest's memory. "symbols kallsyms" reads the
                table that a Linux kernel has in itself (CONFIG_KALLSYMS, Linux 5.16 to 6.17) out of the guest's memory, or
                out of FILE, an Image, compressed or not, or an ELF file; modules are not in it. A file that is read again takes the place of the
                symbols that were read of it before. Of symbols of one name the guest's own come first, then those that were
                read first. Alone, it lists the tables: how many symbols, of what, and how far they are moved. The tables
                stay for further guests. A FILE with blanks stands in double quotes; a file called kallsyms is ./kallsyms.
                In a script, FILE is relative to the script.
                """,
            completion: .files, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.isEmpty { return { (context) throws(CommandError) in list(context) } }
            if arguments.peekWord() == "kallsyms" {
                _ = arguments.takeWord()
                if arguments.isEmpty { return { (context) throws(CommandError) in try readKallsyms(context) } }
                let path = parsing.path(try arguments.takeFileName("The kernel's Image"))
                return { (context) throws(CommandError) in try readKallsyms(of: path, context) }
            }
            let path = parsing.path(try arguments.takeFileWord("The file with symbols"))
            let offset = arguments.isEmpty ? nil : try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                var bytes: UInt64?
                if let offset {
                    bytes = try context.evaluate(offset).bits
                    if bytes == nil { throw .failed("This has no value that could be a distance.", offset.span) }
                }
                try read(path, offset: bytes, context)
            }
        }
    }

    /// Reads the symbols of the file at `path`. Throws `.failed`.
    static func read(_ path: String, offset: UInt64? = nil, _ context: Context) throws(CommandError) {
        let read = try context.engine { (session) throws(DebuggerError) in try session.readSymbols(path, offset: offset)
        }
        show(read.entry, of: "\"\(path)\"", read.notes, context)
    }

    private static func readKallsyms(_ context: Context) throws(CommandError) {
        let read = try context.engine { (session) throws(DebuggerError) in
            try session.readKallsyms(isStopped: { Interruption.isPending })
        }
        show(read.entry, of: "the guest's memory", read.notes, context)
    }

    private static func readKallsyms(of path: String, _ context: Context) throws(CommandError) {
        let read = try context.engine { (session) throws(DebuggerError) in
            try session.readKallsyms(of: path, isStopped: { Interruption.isPending })
        }
        show(read.entry, of: "\"\(path)\"", read.notes, context)
    }

    private static func show(_ entry: SymbolTables.Entry, of what: String, _ notes: [String], _ context: Context) {
        context.line("Read \(count(entry)) of \(what).")
        for note in notes { context.line(note) }
    }

    private static func list(_ context: Context) {
        // A kernel's Image has no table that could be read with it.
        let entries = context.session.symbols.entries.filter { !$0.table.symbols.isEmpty }
        if entries.isEmpty { context.line("No symbols.") }
        for entry in entries { context.line("\(count(entry)) of \"\(entry.name)\", \(place(entry))") }
    }

    private static func count(_ entry: SymbolTables.Entry) -> String {
        entry.table.symbols.count == 1 ? "1 symbol" : "\(entry.table.symbols.count) symbols"
    }

    private static func place(_ entry: SymbolTables.Entry) -> String {
        let distance: String
        if entry.offset == 0 {
            distance = "not moved"
        } else if Int64(bitPattern: entry.offset) > 0 {
            distance = "moved \(hex(entry.offset)) bytes up"
        } else {
            distance = "moved \(hex(0 &- entry.offset)) bytes down"
        }
        return entry.placement == .seen ? distance + ", as the guest has them" : distance
    }
}
