/// A failure as lines for people.
enum FailureText {
    /// Place and message; then, indented, the line with the caret, the details, and the sections.
    static func lines(_ failure: Failure) -> [String] {
        let place = failure.location.map { $0.text + ": " } ?? ""
        return [place + failure.message] + body(failure)
    }

    /// What stands below the message.
    static func body(_ failure: Failure) -> [String] {
        var lines = failure.excerpt.map { "  " + $0 }
        for detail in failure.details { lines.append("  \(detail.name): \(detail.value)") }
        for section in failure.sections {
            lines.append("  \(section.title):")
            for line in section.lines { lines.append("    " + YAML.plainText(line)) }
        }
        return lines
    }
}
