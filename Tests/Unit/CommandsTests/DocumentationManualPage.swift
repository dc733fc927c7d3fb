import Foundation

/// A manual page in mdoc, as far as the tests read it: the lists below its sections.
struct ManualPage {
    /// An item of a list, or several that share a text.
    struct Entry {
        /// The heads, without markup: "break SYMBOL+BYTES".
        var heads: [String] = []
        /// The names in the sentence that begins with "Alias:" or "Aliases:".
        var aliases: [String] = []
        /// Whether the text has begun: the next head is another entry's.
        var hasText = false
    }

    private var lists: [[String]: [Entry]] = [:]
    private var sections: [[String]] = []

    /// Reads the page at `path` in the repository.
    init(_ path: String) throws {
        var place: [String] = []
        var isNamingAliases = false
        for line in try Repository.text(path).split(separator: "\n").map({ String($0) }) {
            let words = ManualPage.words(line)
            switch words.first {
            case ".Sh": place = [words.dropFirst().joined(separator: " ")]
            case ".Ss": place = [place[0], words.dropFirst().joined(separator: " ")]
            case ".It":
                if lists[place]?.last?.hasText ?? true { lists[place, default: []].append(Entry()) }
                edit(place) { $0.heads.append(ManualPage.plain(Array(words.dropFirst()))) }
            case ".El": edit(place) { $0.hasText = true }
            case ".Ic" where isNamingAliases:
                edit(place) { $0.aliases.append(words[1]) }
            default:
                isNamingAliases = line.hasSuffix("Alias:") || line.hasSuffix("Aliases:")
                if !line.hasPrefix(".Bl") && lists[place] != nil { edit(place) { $0.hasText = true } }
            }
            if words.first == ".Sh" || words.first == ".Ss" { sections.append(place) }
        }
    }

    /// The entries of the lists in a section, or in a subsection of one.
    func entries(under place: [String]) -> [Entry] { lists[place] ?? [] }

    /// The headings under a section.
    func subsections(of section: String) -> [String] {
        sections.filter { $0.count == 2 && $0[0] == section }.map { $0[1] }
    }

    private mutating func edit(_ place: [String], _ change: (inout Entry) -> Void) {
        guard let last = lists[place]?.indices.last else { return }
        change(&lists[place, default: []][last])
    }

    /// The words of a line; double quotes hold one together.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        for (index, part) in line.components(separatedBy: "\"").enumerated() {
            if index % 2 == 1 { words.append(part) } else { words += part.split(separator: " ").map { String($0) } }
        }
        return words
    }

    /// The text of a line whose words are macros and their arguments.
    private static func plain(_ words: [String]) -> String {
        var text = ""
        var joins = true
        var closing: [String] = []
        func put(_ word: String) {
            let attaches = joins || [",", ".", ")", "]"].contains(word)
            text += (attaches ? "" : " ") + word
            joins = false
        }
        var index = 0
        while index < words.count {
            defer { index += 1 }
            switch words[index] {
            case "Ic", "Ar", "Cm", "Li", "No", "Ta": break
            case "Ns": joins = true
            case "Fl":
                // `Fl Fl memory` is --memory.
                if index + 1 < words.count { put(words[index + 1] == "Fl" ? "-" : "-") }
                joins = true
            case "Op":
                put("[")
                joins = true
                closing.append("]")
            case "Oo":
                put("[")
                joins = true
            case "Oc": put("]")
            case "Qo":
                put("\"")
                joins = true
            case "Qc": text += "\""
            default: put(words[index].replacingOccurrences(of: "\\-", with: "-"))
            }
        }
        return text + closing.reversed().joined()
    }
}
