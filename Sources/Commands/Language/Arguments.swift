import Debugger

/// What stands behind a command's name, taken from left to right.
public struct Arguments {
    /// The whole command, but for what was taken away at its end.
    var text: String { slice(0, bytes.count) }
    private var bytes: [UInt8]
    /// The byte offset of what is not taken yet.
    private(set) var position: Int
    /// The letters behind a slash at the command's name: `x/4xw` has "4xw".
    let format: String?
    /// Where they stand.
    let formatSpan: SourceSpan
    /// Where a file's name stands, quotes included, once it was taken.
    private(set) var fileSpan: SourceSpan?
    /// What stands up to `end`, behind a command that takes that.
    var block: [Statement] = []

    init(bytes: [UInt8], position: Int, format: String?, formatSpan: SourceSpan) {
        self.bytes = bytes
        self.position = position
        self.format = format
        self.formatSpan = formatSpan
        skipBlanks()
    }

    /// Whether nothing is left.
    var isEmpty: Bool { position >= bytes.count }

    /// Where the rest stands.
    var restSpan: SourceSpan { SourceSpan(position, max(position, bytes.count)) }

    /// The rest, without taking it.
    var rest: String { slice(position, bytes.count) }

    /// Takes the rest.
    mutating func takeRest() -> (text: String, span: SourceSpan) {
        let taken = (rest, restSpan)
        position = bytes.count
        return taken
    }

    /// Takes what stands before the next of `words`, a word of its own, without the blanks between; the rest, where there is none.
    mutating func takeRest(before words: [String]) -> (text: String, span: SourceSpan) {
        if words.isEmpty { return takeRest() }
        var copy = self
        let start = position
        var end = position
        while let (next, span) = copy.takeWord() {
            if words.contains(next) {
                position = span.start
                return (slice(start, end), SourceSpan(start, max(start, end)))
            }
            end = span.end
        }
        return takeRest()
    }

    /// The next word, up to a blank, without taking it.
    func peekWord() -> String? {
        var copy = self
        return copy.takeWord()?.text
    }

    /// Takes the next word, up to a blank; nil at the end.
    mutating func takeWord() -> (text: String, span: SourceSpan)? {
        guard !isEmpty else { return nil }
        let start = position
        while position < bytes.count && !Arguments.isBlank(bytes[position]) { position += 1 }
        let end = position
        skipBlanks()
        return (slice(start, end), SourceSpan(start, end))
    }

    /// Takes `word` away where it stands last, a word of its own behind something that no comma ends; whether it did.
    mutating func dropLastWord(_ word: String) -> Bool {
        let word = Array(word.utf8)
        guard bytes.count - position > word.count, bytes[position...].suffix(word.count).elementsEqual(word) else {
            return false
        }
        var end = bytes.count - word.count
        guard Arguments.isBlank(bytes[end - 1]) else { return false }
        while end > position, Arguments.isBlank(bytes[end - 1]) { end -= 1 }
        if end == position || bytes[end - 1] == UInt8(ascii: ",") { return false }
        bytes.removeSubrange(end...)
        return true
    }

    /// Takes everything before the byte offset `end`, and the blanks behind it.
    mutating func skip(to end: Int) {
        position = min(max(position, end), bytes.count)
        skipBlanks()
    }

    /// Takes `character` if it comes next, and the blanks behind it.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard !isEmpty, character.isASCII, bytes[position] == UInt8(character.value) else { return false }
        skip(to: position + 1)
        return true
    }

    /// Takes a file's name up to the next blank, or what stands in double quotes, before further arguments. Throws `.syntax`.
    mutating func takeFileWord(_ what: String) throws(CommandError) -> String {
        guard !isEmpty else { throw .syntax("\(what) is missing.", restSpan) }
        let start = position
        guard bytes[position] == UInt8(ascii: "\"") else {
            let word = takeWord()
            fileSpan = word?.span
            return word?.text ?? ""
        }
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
        guard end < bytes.count else { throw .syntax("The closing double quote is missing.", restSpan) }
        fileSpan = SourceSpan(start, end + 1)
        skip(to: end + 1)
        return slice(start + 1, end)
    }

    /// Takes everything up to a blank that stands neither in brackets nor in quotes; where it stands.
    mutating func takeBracketedWord() -> SourceSpan {
        let start = position
        var end = start
        var depth = 0
        var quote: UInt8?
        while end < bytes.count, depth > 0 || quote != nil || !Arguments.isBlank(bytes[end]) {
            let byte = bytes[end]
            switch byte {
            case UInt8(ascii: "\\") where quote != nil: end += 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == nil { quote = byte } else if quote == byte { quote = nil }
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += quote == nil ? 1 : 0
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= quote == nil ? 1 : 0
            default: break
            }
            end += 1
        }
        skip(to: end)
        return SourceSpan(start, min(end, bytes.count))
    }

    /// Takes a file's name: the rest, or what stands in double quotes. Throws `.syntax` when nothing is left.
    mutating func takeFileName(_ what: String) throws(CommandError) -> String {
        guard !isEmpty else { throw .syntax("\(what) is missing.", restSpan) }
        let (text, span) = takeRest()
        fileSpan = span
        guard text.utf8.first == UInt8(ascii: "\"") else { return text }
        guard text.utf8.count >= 2, text.utf8.last == UInt8(ascii: "\"") else {
            throw .syntax("The closing double quote is missing.", span)
        }
        return String(text.dropFirst().dropLast())
    }

    /// Refuses what is left. Throws `.syntax`.
    func end() throws(CommandError) {
        if !isEmpty { throw .syntax("Nothing is expected here.", restSpan) }
    }

    private mutating func skipBlanks() {
        while position < bytes.count && Arguments.isBlank(bytes[position]) { position += 1 }
    }

    private func slice(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
