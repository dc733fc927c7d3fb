import Debugger
import Guest
import Symbols

/// What `disassemble` shows beside an instruction's text: the letters behind its slashes.
struct DisassemblyForm {
    /// The order of instructions that stand below their source lines.
    enum Order {
        /// That of the lines: `/m`.
        case source
        /// That of the addresses: `/s`.
        case address
    }

    /// `/r`: each instruction is shown as a number too.
    var showsBits = false
    /// Whether source lines are shown.
    var order: Order?
    /// The folder of the script in which the command stands.
    var folder = ""
}

/// Instructions below the source lines they come from.
struct SourceListing {
    private struct Entry {
        let text: String
        let file: Int
        let line: Int
    }

    private var entries: [Entry] = []
    private var files: [SourceFile] = []

    /// Adds the instruction at `address`, shown as `text`. One that comes from no line stands with the one before it.
    mutating func add(_ text: String, at address: GuestVirtualAddress, _ context: Context) {
        guard let line = context.session.sourceLine(at: address) else {
            entries.append(Entry(text: text, file: entries.last?.file ?? -1, line: entries.last?.line ?? 0))
            return
        }
        let file = files.firstIndex(of: line.file) ?? files.count
        if file == files.count { files.append(line.file) }
        entries.append(Entry(text: text, file: file, line: line.number))
    }

    /// Shows what was added.
    func show(_ order: DisassemblyForm.Order, folder: String, _ context: Context) {
        var entries = entries
        if order == .source {
            // By lines; those of one line stay in the order of their addresses.
            let order = entries.indices.sorted {
                let (a, b) = (entries[$0], entries[$1])
                return a.file != b.file ? a.file < b.file : a.line != b.line ? a.line < b.line : $0 < $1
            }
            entries = order.map { entries[$0] }
        }
        var coded = [[Int]](repeating: [], count: files.count)
        for entry in entries where entry.file >= 0 { coded[entry.file].append(entry.line) }
        for file in coded.indices { coded[file].sort() }
        var last: Entry?
        var latest: [Int: Int] = [:]
        for entry in entries {
            defer { last = entry }
            if last?.file != entry.file || last?.line != entry.line {
                if last != nil { context.line() }
                if entry.file >= 0 {
                    let isOther = last?.file != entry.file
                    if isOther, order == .address || files.count > 1 { context.line(files[entry.file].name + ":") }
                    // A damaged table can name lines that no file has.
                    let isText = context.sourceLines(of: files[entry.file], folder: folder).count >= entry.line
                    let first =
                        order == .address && isText
                        ? firstLine(above: entry, latest[entry.file], coded[entry.file]) : entry.line
                    latest[entry.file] = max(latest[entry.file] ?? 0, entry.line)
                    for number in first...entry.line {
                        context.line(context.sourceText(files[entry.file], number, folder: folder))
                    }
                }
            }
            context.line(entry.text)
        }
        if !entries.isEmpty { context.line() }
    }

    /// The first of the lines up to that of `entry` which follow what was shown, up to `latest`, and have no code here.
    private func firstLine(above entry: Entry, _ latest: Int?, _ coded: [Int]) -> Int {
        guard let latest, latest < entry.line else { return entry.line }
        let above = partition(coded.count) { coded[$0] < entry.line }
        return max(latest, above > 0 ? coded[above - 1] : 0) + 1
    }
}
