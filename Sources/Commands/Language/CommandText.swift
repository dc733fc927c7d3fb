import Reports

/// One command as it was written: a line of a script, or several joined by `\`, or what was typed.
///
/// Positions are byte offsets into `text`; `location(of:)` tells where such a byte stands in the script.
public struct CommandText: Sendable {
    /// The command without comment, continuation marks and surrounding blanks.
    public var text: String
    /// The script's path; nil for what was typed or given as an option.
    var file: String?
    /// Where pieces of `text` begin in the script: byte offset, line and column (from 1).
    var pieces: [(offset: Int, line: Int, column: Int)]

    /// A command that was typed, or given as an option; a comment and the blanks at its end are left out.
    public init(typed text: String) {
        var bytes = Array(text.utf8)
        ScriptLines.removeComment(&bytes)
        self.text = String(decoding: bytes, as: UTF8.self)
        file = nil
        pieces = [(0, 1, 1)]
    }

    init(text: String, file: String, pieces: [(offset: Int, line: Int, column: Int)]) {
        self.text = text
        self.file = file
        self.pieces = pieces
    }

    /// What stands in it from the byte `offset` on.
    func part(from offset: Int) -> CommandText {
        var part = self
        part.text = String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
        let before = pieces.last { $0.offset <= offset }
        part.pieces = pieces.filter { $0.offset > offset }.map { ($0.offset - offset, $0.line, $0.column) }
        if let before { part.pieces.insert((0, before.line, before.column + offset - before.offset), at: 0) }
        return part
    }

    /// Where the byte `offset` of `text` stands in its script; nil for what was typed.
    func location(of offset: Int) -> SourceLocation? {
        guard let file, let piece = pieces.last(where: { $0.offset <= offset }) ?? pieces.first else { return nil }
        return SourceLocation(file: file, line: piece.line, column: piece.column + max(0, offset - piece.offset))
    }
}
