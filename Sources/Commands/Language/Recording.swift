import Debugger
import Host

extension PreparedCommand {
    /// All that it takes to write it again in a script that may lie anywhere: the names of files are absolute, as they are seen
    /// from `folder`.
    public func recorded(from folder: String, _ context: ParseContext) -> [String] {
        PreparedCommand.lines(statement, fileSpan, folder, context)
    }

    private static func lines(
        _ statement: Statement, _ span: SourceSpan?, _ folder: String, _ context: ParseContext
    ) -> [String] {
        let text = absolute(statement.text.text, span, folder)
        let blanks = text.utf8.prefix { Arguments.isBlank($0) }.count
        var lines = [String(decoding: text.utf8.dropFirst(blanks), as: UTF8.self)]
        guard statement.takesBlock else { return lines }
        for inner in statement.block {
            // What is no command, as a line of `document`, names no file.
            let parsed = try? PreparedCommand.parse(inner, context)
            for line in PreparedCommand.lines(inner, parsed?.fileSpan, folder, context) { lines.append("  " + line) }
        }
        return lines + ["end"]
    }

    private static func absolute(_ text: String, _ span: SourceSpan?, _ folder: String) -> String {
        let bytes = Array(text.utf8)
        guard let span, span.end <= bytes.count, span.start < span.end else { return text }
        var name = bytes[span.start..<span.end]
        if name.count >= 2, name.first == UInt8(ascii: "\""), name.last == UInt8(ascii: "\"") {
            name = name.dropFirst().dropLast()
        }
        let path = Path.join(folder, Path.expandingTilde(String(decoding: name, as: UTF8.self)))
        return String(decoding: bytes[..<span.start], as: UTF8.self) + quotedFileName(path)
            + String(decoding: bytes[span.end...], as: UTF8.self)
    }

    /// A file's name as a command takes it.
    public static func quotedFileName(_ path: String) -> String {
        let needsQuotes = path.utf8.contains { Arguments.isBlank($0) || $0 == UInt8(ascii: "#") }
        return needsQuotes ? "\"\(path)\"" : path
    }
}
