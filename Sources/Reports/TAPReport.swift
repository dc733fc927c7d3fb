import Host

/// TAP version 14 (the Test Anything Protocol): one test point per expectation, the session's text as comments.
public final class TAPReport: Report {
    private let output: ByteSink
    private var number = 0
    private var pending: [UInt8] = []
    private var isSkipped = false

    /// A report on `output`, which carries nothing else.
    public init(output: ByteSink) {
        self.output = output
        output.write("TAP version 14\n")
    }

    public func began(command: String) { text("(kvmdbg) " + command + "\n") }

    public func text(_ text: String) { comment(Array(text.utf8)) }

    public func console(_ bytes: [UInt8]) { comment(bytes) }

    public func passed(_ command: String) { point("ok", command) }

    public func failed(_ failure: Failure) {
        point("not ok", failure.command)
        output.write("  ---\n")
        output.write("  message: \(YAML.quoted(failure.message))\n")
        if let place = failure.location {
            output.write("  at:\n    file: \(YAML.quoted(place.file))\n    line: \(place.line)\n    column: \(place.column)\n")
        }
        for detail in failure.details {
            output.write("  \(detail.name): \(YAML.quoted(detail.value))\n")
        }
        if !failure.excerpt.isEmpty {
            output.write("  source: |2\n")
            for line in failure.excerpt { output.write("    " + YAML.plainText(line) + "\n") }
        }
        output.write("  ...\n")
    }

    public func skipped(_ reason: String) {
        flushComment()
        isSkipped = true
        if number == 0 {
            output.write("1..0 # SKIP \(YAML.plainText(reason))\n")
        } else {
            number += 1
            output.write("ok \(number) # SKIP \(YAML.plainText(reason))\n")
        }
    }

    public func finish() {
        flushComment()
        if number > 0 || !isSkipped { output.write("1..\(number)\n") }
        output.flush()
    }

    public func flush() { output.flush() }

    private func point(_ verdict: String, _ command: String) {
        flushComment()
        number += 1
        output.write("\(verdict) \(number) - \(TAPReport.description(command))\n")
    }

    /// A description in which TAP's directive sign and escape are escaped.
    private static func description(_ text: String) -> String {
        var result = ""
        for scalar in YAML.plainText(text).unicodeScalars {
            if scalar == "\\" || scalar == "#" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// Comments are written by whole lines: a piece of a line waits for its end.
    private func comment(_ bytes: [UInt8]) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") { flushComment(evenIfEmpty: true) } else { pending.append(byte) }
        }
    }

    private func flushComment(evenIfEmpty: Bool = false) {
        if pending.isEmpty && !evenIfEmpty { return }
        let text = YAML.plainText(String(decoding: pending, as: UTF8.self))
        output.write(text.isEmpty ? "#\n" : "# \(text)\n")
        pending.removeAll(keepingCapacity: true)
    }
}
