import CElfutils

/// One line table of DWARF: which instructions come from which line of a source file.
struct LineTable {
    /// Instructions without a break that come from one line.
    struct Span {
        /// The first address (GVA).
        var start: UInt64
        /// The address (GVA) behind the last.
        var end: UInt64
        /// The index in `files`.
        var file: UInt32
        /// The number, from 1.
        var line: UInt32
    }

    /// Where a statement of a line begins.
    struct Statement {
        /// Its first instruction (GVA).
        var address: UInt64
        /// The index in `files`.
        var file: UInt32
        /// The number, from 1.
        var line: UInt32
    }

    /// The files that have lines here.
    let files: [SourceFile]
    /// By address.
    let spans: [Span]
    /// By address; not those that go on with the line of the one before.
    let statements: [Statement]

    /// One without lines.
    init() { (files, spans, statements) = ([], [], []) }

    /// Reads the table of `unit`, whose compiler worked in `folder`. What is linked to where `isCode` denies that there is code was
    /// left out by the linker. nil for a table that libdw refuses.
    init?(_ unit: inout Dwarf_Die, folder: String, isCode: (UInt64) -> Bool) {
        var rows: OpaquePointer?
        var count = 0
        guard dwarf_getsrclines(&unit, &rows, &count) == 0, let rows else { return nil }
        var names = FileNumbers(&unit, folder: folder)
        var spans: [Span] = []
        var statements: [Statement] = []
        var open: Span?
        var index = 0
        while index < count {
            guard var best = Row(rows, index) else { return nil }
            let address = best.address
            // Of rows at one address the last counts: of those that begin a statement, where there are any.
            while index < count, let row = Row(rows, index), row.address == address {
                index += 1
                guard !row.isEnd else { continue }
                if best.isEnd || row.isStatement || !best.isStatement { best = row }
                guard row.isStatement, row.line > 0, isCode(address), let file = names.number(of: row.file) else {
                    continue
                }
                if let open, open.file == file, open.line == row.line { continue }
                statements.append(Statement(address: address, file: file, line: row.line))
            }
            let file = best.isEnd || best.line == 0 || !isCode(address) ? nil : names.number(of: best.file)
            if let last = open {
                if let file, last.file == file, last.line == best.line { continue }
                spans.append(Span(start: last.start, end: address, file: last.file, line: last.line))
            }
            open = file.map { Span(start: address, end: address, file: $0, line: best.line) }
        }
        self.files = names.files
        self.spans = spans
        self.statements = statements
    }
}

/// What libdw knows of one instruction.
private struct Row {
    var address: UInt64 = 0
    var line: UInt32 = 0
    /// The file's number in the line table.
    var file = 0
    var isStatement = false
    /// Behind the last instruction of a sequence.
    var isEnd = false

    /// The row `index` of `rows`; nil where libdw has none.
    init?(_ rows: OpaquePointer, _ index: Int) {
        var number: Int32 = 0
        var names: OpaquePointer?
        guard let row = dwarf_onesrcline(rows, index), dwarf_lineaddr(row, &address) == 0,
            dwarf_lineno(row, &number) == 0, dwarf_linebeginstatement(row, &isStatement) == 0,
            dwarf_lineendsequence(row, &isEnd) == 0
        else { return nil }
        // A file's number that the table has not got is damage, which costs this row its line.
        if number > 0, dwarf_line_file(row, &names, &file) == 0 { line = UInt32(number) }
    }
}

/// The files of a line table, those alone that have lines.
private struct FileNumbers {
    private(set) var files: [SourceFile] = []
    private var known: [Int: UInt32] = [:]
    private let names: OpaquePointer?
    private let count: Int
    private let folder: String

    init(_ unit: inout Dwarf_Die, folder: String) {
        var names: OpaquePointer?
        var count = 0
        let isRead = dwarf_getsrcfiles(&unit, &names, &count) == 0
        self.names = isRead ? names : nil
        self.count = isRead ? count : 0
        self.folder = folder
    }

    /// The index in `files` of the file that has the number `number` in the table; nil where there is none.
    mutating func number(of number: Int) -> UInt32? {
        if let index = known[number] { return index }
        guard let names, number >= 0, number < count, let path = dwarf_filesrc(names, number, nil, nil) else {
            return nil
        }
        let file = SourceFile(path: String(cString: path), folder: folder)
        // A table can have one file under several numbers.
        let index = files.firstIndex(of: file) ?? files.count
        if index == files.count { files.append(file) }
        known[number] = UInt32(index)
        return UInt32(index)
    }
}
