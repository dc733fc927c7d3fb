import Host

/// TAP version 14 (the Test Anything Protocol): one test point per expectation, the session's text as comments.
public final class TAPReport: Report {
    private let output: ByteSink
    private var number = 0
    private var pending: [UInt8] = []
    /// Whether the guest wrote what is pending: what kvmdbg says does not go on in the guest's line.
    private var isConsolePending = false
    private var isSkipped = false
    /// A guest that prints without line ends gets a comment line each so many bytes.
    private let longestComment = 4096
    /// The command that was told to begin and of which nothing was written yet.
    private var announced: String?

    /// A report on `output`, which carries nothing else. Perl's harness tells the latest version that it takes in the environment
    /// variable TAP_VERSION, and refuses a later one; what is written here is valid as version 13 as well.
    public init(output: ByteSink, harnessVersion: String?) {
        self.output = output
        output.write(harnessVersion == "13" ? "TAP version 13\n" : "TAP version 14\n")
    }

    /// A comment, unless the command turns out to be a test point, which has it as its description.
    public func began(command: String) {
        announce()
        announced = command
    }

    /// A comment.
    public func text(_ text: String) {
        announce()
        comment(Array(text.utf8), isConsole: false)
    }

    /// A comment.
    public func console(_ bytes: [UInt8]) {
        announce()
        comment(bytes, isConsole: true)
    }

    /// A test point.
    public func passed(_ description: String) { point("ok", description) }

    /// A test point with a YAML block.
    public func failed(_ failure: Failure) {
        point("not ok", failure.command)
        output.write("  ---\n")
        output.write("  message: \(YAML.quoted(failure.message))\n")
        if let place = failure.location {
            output.write("  at:\n    file: \(YAML.quoted(place.file))\n")
            output.write("    line: \(place.line)\n    column: \(place.column)\n")
        }
        // No key twice: an operand can be written on both sides, or be a symbol with the name of another key.
        var keys: Set<String> = ["message", "at", "source"]
        for detail in failure.details {
            var name = detail.name
            while !keys.insert(name).inserted { name += "'" }
            output.write("  \(YAML.key(name)): \(YAML.quoted(detail.value))\n")
        }
        if !failure.excerpt.isEmpty {
            output.write("  source: |2\n")
            for line in failure.excerpt { output.write("    " + YAML.plainText(line) + "\n") }
        }
        output.write("  ...\n")
    }

    /// A plan without tests, or a last point that is skipped.
    public func skipped(_ reason: String) {
        announce()
        flushComment()
        isSkipped = true
        if number == 0 {
            output.write("1..0 # SKIP \(YAML.plainText(reason))\n")
        } else {
            number += 1
            output.write("ok \(number) # SKIP \(YAML.plainText(reason))\n")
        }
    }

    /// A comment.
    public func note(_ text: String) { self.text(text + "\n") }

    /// A comment.
    public func testBegan(_ name: String, at location: SourceLocation?) { text("Subtest: " + name + "\n") }

    /// Nothing yet.
    public func testEnded(_ result: TestResult) {}

    /// The plan, where it was not told yet.
    public func finish() {
        announce()
        flushComment()
        if number > 0 {
            output.write("1..\(number)\n")
        } else if !isSkipped {
            output.write("1..0 # SKIP nothing was expected\n")
        }
        output.flush()
    }

    /// Hands everything to the kernel, but for a comment's line that has not ended.
    public func flush() { output.flush() }

    /// Writes the command that began as a comment.
    private func announce() {
        guard let command = announced else { return }
        announced = nil
        flushComment()
        comment(Array(("(kvmdbg) " + command + "\n").utf8), isConsole: false)
    }

    private func point(_ verdict: String, _ command: String) {
        if announced != command { announce() }
        announced = nil
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
    private func comment(_ bytes: [UInt8], isConsole: Bool) {
        if isConsole != isConsolePending { flushComment() }
        isConsolePending = isConsole
        for byte in bytes {
            if byte == UInt8(ascii: "\n") { flushComment(evenIfEmpty: true) } else { pending.append(byte) }
            if pending.count >= longestComment { flushComment() }
        }
    }

    private func flushComment(evenIfEmpty: Bool = false) {
        if pending.isEmpty && !evenIfEmpty { return }
        let text = YAML.plainText(String(decoding: pending, as: UTF8.self))
        output.write(text.isEmpty ? "#\n" : "# \(text)\n")
        pending.removeAll(keepingCapacity: true)
    }
}
