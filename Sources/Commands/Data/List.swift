import Debugger
import Guest
import Host
import Symbols

/// What `list` showed last.
struct Listing {
    /// The file.
    let file: SourceFile
    /// The first line that was shown.
    let first: Int
    /// The line behind the last that was shown.
    let next: Int
    /// `Context.moment` then.
    let moment: Int

    /// How many lines are shown at once, as in GDB.
    static let count = 10
}

/// `list [LOCATION]`: source lines.
enum List {
    private enum Form {
        case onward, back
        case number(Int)
        case location(Location)
    }

    static var command: Command {
        Command(
            name: "list", aliases: ["l"], group: .data,
            usage: ["list", "list LOCATION", "list NUMBER", "list -"],
            summary: "Show source lines",
            help: """
                Shows ten lines of a source file: around the code at LOCATION, or around line NUMBER of the file that was shown last or
                in which the guest stands. Without arguments, and on Enter, it goes on where it left off; when the guest ran since, it
                shows where that stands, and before it runs, main. "list -" shows the lines before those shown last. It takes an
                ELF file with DWARF, as compilers write it with -g. A source file is looked for where the compiler had it, from the
                working directory, beside the script and the ELF file, and from the folders in which the ELF file lies.
                """,
            completion: .symbols, repetition: .onward
        ) { (arguments, parsing) throws(CommandError) in
            let form = try form(&arguments, parsing)
            let folder = parsing.folder
            return { (context) throws(CommandError) in
                let last = context.listing
                switch form {
                case .onward:
                    if let last, last.moment == context.moment {
                        return try show(last.file, from: last.next, folder, context)
                    }
                    let line = try line(at: try start(context), context)
                    try show(line.file, around: line.number, folder, context)
                case .back:
                    guard let last, last.first > 1 else {
                        throw .failed("No lines stand before those that were shown last.", nil)
                    }
                    let first = max(1, last.first - Listing.count)
                    try show(last.file, from: first, count: last.first - first, folder, context)
                case .number(let number):
                    var file = last?.file
                    if file == nil { file = try line(at: try start(context), context).file }
                    guard let file else { return }
                    try show(file, around: number, folder, context)
                case .location(let location):
                    let (file, number) = try place(location, context)
                    try show(file, around: number, folder, context)
                }
            }
        }
    }

    private static func form(_ arguments: inout Arguments, _ parsing: ParseContext) throws(CommandError) -> Form {
        if arguments.isEmpty { return .onward }
        if arguments.rest == "-" {
            _ = arguments.takeRest()
            return .back
        }
        if let number = Number.parse(arguments.rest).flatMap({ Int(exactly: $0) }) {
            let span = arguments.takeRest().span
            guard number > 0, number < Int32.max else { throw .syntax("Lines are numbered from 1.", span) }
            return .number(number)
        }
        return .location(try Location(&arguments, parsing))
    }

    /// Where the guest stands, or is to be looked at before it runs.
    private static func start(_ context: Context) throws(CommandError) -> GuestVirtualAddress {
        let session = context.session
        if !session.hasGuest, let program = session.program { return session.symbol("main")?.address ?? program.entry }
        return try context.engine { (session) throws(DebuggerError) in try session.pc() }
    }

    /// The line as it was written, also one without code; else that of the code.
    private static func place(_ location: Location, _ context: Context) throws(CommandError) -> (SourceFile, Int) {
        guard case .line(let name, let number)? = location.name else {
            let line = try line(at: try location.address(context), context)
            return (line.file, line.number)
        }
        let file = try context.engine { (session) throws(DebuggerError) in try session.sourceFile(called: name) }
        return (file, number)
    }

    private static func line(at address: GuestVirtualAddress, _ context: Context) throws(CommandError) -> SourceLine {
        try context.engine { (session) throws(DebuggerError) in try session.requireSourceLine(at: address) }
    }

    private static func show(
        _ file: SourceFile, around number: Int, _ folder: String, _ context: Context
    ) throws(CommandError) {
        try show(file, from: max(1, number - Listing.count / 2), folder, context)
    }

    private static func show(
        _ file: SourceFile, from first: Int, count: Int = Listing.count, _ folder: String, _ context: Context
    ) throws(CommandError) {
        let lines = context.sourceLines(of: file, folder: folder)
        if lines.isEmpty { throw .failed("There is nothing to show of \"\(file.name)\".", nil) }
        guard first <= lines.count else {
            throw .failed("Line \(first) is out of range: \"\(file.name)\" has \(lines.count) lines.", nil)
        }
        let next = min(first + count, lines.count + 1)
        for number in first..<next { context.line("\(number)\t\(lines[number - 1])") }
        context.listing = Listing(file: file, first: first, next: next, moment: context.moment)
    }
}

extension Context {
    /// Grows when the guest is let run, and when there is another.
    fileprivate var moment: Int { runNumber + session.guestNumber }
}
