import Guest
import Symbols

extension Session {
    /// The source line from which the instruction at `address` (GVA) comes, and its addresses in the guest; nil where that is not
    /// known.
    public func sourceLine(at address: GuestVirtualAddress) -> SourceLine? {
        for entry in symbols.entries {
            guard var line = entry.lines?.line(at: address - entry.offset) else { continue }
            line.range.start = line.range.start + entry.offset
            return line
        }
        return nil
    }

    /// As above. Throws `.noProgram` and `.lines` where it is not known.
    public func requireSourceLine(at address: GuestVirtualAddress) throws(DebuggerError) -> SourceLine {
        if let line = sourceLine(at: address) { return line }
        try requireLines()
        throw .lines("No source line is known for \(address.description).")
    }

    /// Where (GVA) the code of line `number` of the file called `file` begins, or that of the next line behind it that has code; and
    /// which line that is. Throws `.noProgram` and `.lines`.
    public func sourcePlace(ofLine number: Int, in file: String) throws(DebuggerError) -> SourceLines.Place {
        if let place = findPlace(ofLine: number, in: file) { return place }
        let found = try sourceFile(called: file)
        throw .lines("No code comes from line \(number) of \"\(found.name)\", or from a line behind it.")
    }

    /// The source file called `name`, by its path or the end of it. Throws `.noProgram`, and `.lines` where none has code in the guest.
    public func sourceFile(called name: String) throws(DebuggerError) -> SourceFile {
        try requireLines()
        for entry in symbols.entries {
            if let file = entry.lines?.file(called: name) { return file }
        }
        throw .lines("No source file \"\(name)\" has code in the loaded guest.")
    }

    /// Throws `.noProgram` without a program and symbols, and `.lines` where no table of source lines is.
    public func requireLines() throws(DebuggerError) {
        let symbols = symbols
        if symbols.isEmpty { throw .noProgram }
        if symbols.entries.contains(where: { $0.lines.map { !$0.isEmpty } ?? false }) { return }
        let names = symbols.entries.map { "\"\($0.name)\"" }
        throw .lines(
            "No source lines are known: \(names.joined(separator: ", ")) "
                + (names.count == 1 ? "has no line table" : "have no line tables")
                + " of DWARF that can be read. Compile the guest with -g.")
    }

    func findPlace(ofLine number: Int, in file: String) -> SourceLines.Place? {
        var best: SourceLines.Place?
        for entry in symbols.entries {
            guard var place = entry.lines?.place(ofLine: number, in: file) else { continue }
            if let best, best.number <= place.number { continue }
            place.address = place.address + entry.offset
            best = place
        }
        return best
    }

    /// Where what is called `name` is now; nil where nothing is.
    func place(of name: CodeName) -> CodePlace? {
        switch name {
        case .symbol(let name, let offset): return symbols.symbol(named: name).map { .virtual($0.address + offset) }
        case .line(let file, let number): return findPlace(ofLine: number, in: file).map { .virtual($0.address) }
        }
    }
}
