/// Takes a script apart into commands: a `\` at the end of a line joins the next one, `#` begins a comment at the start of a
/// word that is not in quotes.
struct ScriptLines {
    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 0

    init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// The next command, which may be blank; nil at the end.
    mutating func next() -> CommandText? {
        guard position < bytes.count else { return nil }
        var text: [UInt8] = []
        var pieces: [(offset: Int, line: Int, column: Int)] = []
        var continues = true
        while continues, let range = nextLine() {
            var content = range
            // An editor on another system may have left a carriage return.
            if content.last.map({ bytes[$0] }) == UInt8(ascii: "\r") { content.removeLast() }
            continues = content.last.map { bytes[$0] } == UInt8(ascii: "\\")
            if continues { content.removeLast() }
            if text.isEmpty {
                while let first = content.first, Arguments.isBlank(bytes[first]) { content.removeFirst() }
            }
            pieces.append((text.count, line, content.lowerBound - range.lowerBound + 1))
            text.append(contentsOf: bytes[content])
        }
        ScriptLines.removeComment(&text)
        return CommandText(text: String(decoding: text, as: UTF8.self), file: file, pieces: pieces)
    }

    private mutating func nextLine() -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        while position < bytes.count && bytes[position] != UInt8(ascii: "\n") { position += 1 }
        let end = position
        position += 1
        line += 1
        return start..<end
    }

    /// Takes the comment at the end away, and the blanks and the carriage return before it.
    static func removeComment(_ text: inout [UInt8]) {
        if let start = comment(text) { text.removeSubrange(start...) }
        while let last = text.last, Arguments.isBlank(last) || last == UInt8(ascii: "\r") { text.removeLast() }
    }

    /// Where a comment begins; nil when there is none.
    private static func comment(_ text: [UInt8]) -> Int? {
        var isQuoted = false
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\\"): index += 1
            // The character literal '"' quotes nothing.
            case UInt8(ascii: "'") where !isQuoted && text[index...].starts(with: "'\"'".utf8): index += 2
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "#") where !isQuoted && (index == 0 || Arguments.isBlank(text[index - 1])):
                return index
            default: break
            }
            index += 1
        }
        return nil
    }
}
