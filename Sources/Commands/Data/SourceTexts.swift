import Debugger
import Host
import Reports
import Symbols

/// The texts of source files, each read when a line of it is first shown.
final class SourceTexts {
    private var texts: [SourceFile: [String]] = [:]

    /// The most bytes of a source file.
    private static let limit = 16 << 20

    /// The lines of `file`, line 1 first; none where it is not found. `tell` is told so, once. It is looked for where the compiler had
    /// it, then from the working directory, from `folder`, which is the script's, and from the folders in which `program` lies, on
    /// which source trees are built; in the first two of these also by its name alone.
    func lines(of file: SourceFile, folder: String, program: String?, _ tell: (String) -> Void) -> [String] {
        if let known = texts[file] { return known }
        var found: [String] = []
        var isFound = false
        for path in Self.places(file, folder: folder, program: program) where Files.isRegular(path) {
            guard let bytes = try? Files.read(path, limit: Self.limit, isRegular: true) else { continue }
            found = Self.lines(bytes)
            isFound = true
            break
        }
        if !isFound {
            tell("The source file \"\(file.path)\" was not found: its lines are shown by their numbers alone.")
        }
        texts[file] = found
        return found
    }

    /// Forgets what was not found: another program has other folders.
    func lookAgain() { texts = texts.filter { !$0.value.isEmpty } }

    private static func places(_ file: SourceFile, folder: String, program: String?) -> [String] {
        var places = [file.path, file.name]
        if Path.isAbsolute(file.name) { places = [file.name] }
        let name = Path.name(of: file.name)
        var folders = [folder]
        if let program { folders.append(Path.directory(of: program)) }
        for folder in folders { places += [Path.join(folder, file.name), Path.join(folder, name)] }
        guard var above = program.flatMap({ Path.resolved($0) }), !Path.isAbsolute(file.name) else { return places }
        while !above.isEmpty, above != "/" {
            above = Path.directory(of: above)
            places.append(Path.join(above, file.name))
        }
        return places
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { text($0) }
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }

    /// A line without what a terminal would take for a command.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar != "\r" {
            let isControl = scalar.value < 0x20 && scalar != "\t" || 0x7F..<0xA0 ~= scalar.value
            text.append(isControl ? "?" : scalar)
        }
        return String(text)
    }
}

extension Context {
    /// The lines of `file`, line 1 first; none where it is not found, which is told once. In a script, `folder` is the script's.
    func sourceLines(of file: SourceFile, folder: String) -> [String] {
        sources.lines(of: file, folder: folder, program: session.program?.path) { line($0) }
    }

    /// Line `number` of `file` as it is shown: the number and the text, as GDB does; where the text is not known, "count.c:12".
    func sourceText(_ file: SourceFile, _ number: Int, folder: String) -> String {
        let lines = sourceLines(of: file, folder: folder)
        return number > 0 && number <= lines.count ? "\(number)\t\(lines[number - 1])" : "\(file.name):\(number)"
    }
}
