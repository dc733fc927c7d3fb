import Host

/// TAP version 14 (the Test Anything Protocol): one test point for each expectation and each test, whose own points are a
/// subtest; the session's text as comments.
public final class TAPReport: Report {
    private let output: ByteSink
    private let comments: CommentLines
    /// The script's points, and behind them those of the test that is being carried out.
    private var levels = [Level()]
    private var testName = ""

    private struct Level {
        var number = 0
        var isSkipped = false
        /// Why it was skipped before its first point, for the plan at its end; unless something fails before that.
        var skipReason: String?
    }

    /// A report on `output`, which carries nothing else. Perl's harness tells the latest version that it takes in the environment
    /// variable TAP_VERSION, and refuses a later one; what is written here is valid as version 13 as well, to which the
    /// indented lines of a subtest say nothing.
    public init(output: ByteSink, harnessVersion: String?) {
        self.output = output
        // Such a comment begins a subtest.
        comments = CommentLines(output: output) { CommentLines.defused($0, beginning: "Subtest") }
        output.write(harnessVersion == "13" ? "TAP version 13\n" : "TAP version 14\n")
    }

    /// A comment, unless the command turns out to be a test point, which has it as its description.
    public func began(command: String) { comments.began(command) }

    /// A comment.
    public func text(_ text: String) { comments.add(text) }

    /// A comment.
    public func console(_ bytes: [UInt8]) { comments.add(console: bytes) }

    /// Nothing: it comes as text as well.
    public func stopped(_ stop: GuestStop) {}

    /// A test point.
    public func passed(_ description: String) { point("ok", description) }

    /// A test point with a YAML block.
    public func failed(_ failure: Failure) {
        point("not ok", failure.command, directive: failure.knownReason.map { ("TODO", $0) })
        diagnose(failure)
        output.flush()
    }

    /// A plan without tests, or a last point that is skipped.
    public func skipped(_ reason: String) {
        comments.finish()
        skip(reason)
    }

    /// A comment.
    public func note(_ text: String) { self.text(text + "\n") }

    /// The heading of a subtest.
    public func testBegan(_ name: String, at location: SourceLocation?) {
        comments.finish()
        output.write("# Subtest: \(YAML.plainText(name))\n")
        testName = name
        levels.append(Level())
        comments.indentation = indentation
    }

    /// The end of the subtest, and its test point.
    public func testEnded(_ result: TestResult) {
        guard levels.count > 1 else { return }
        comments.finish()
        var directive = result.knownReason.map { ("TODO", $0) }
        var verdict = "ok"
        switch result.verdict {
        case .passed: break
        case .failed: verdict = "not ok"
        case .skipped(let reason):
            if levels[levels.count - 1].number == 0 { skip(reason) }
            directive = ("SKIP", reason)
        }
        endLevel()
        levels.removeLast()
        comments.indentation = indentation
        point(verdict, testName, directive: directive)
        output.flush()
    }

    /// The plan, where it was not told yet.
    public func finish() {
        // Nothing but a defect leaves a test open.
        if levels.count > 1 { testEnded(TestResult(.failed(.interrupted))) }
        comments.finish()
        endLevel()
        output.flush()
    }

    /// Hands everything to the kernel, but for a comment's line that has not ended. The command that began is in it: the guest
    /// may run for long now, or for ever.
    public func flush() {
        comments.announce()
        output.flush()
    }

    private var indentation: String { String(repeating: "    ", count: levels.count - 1) }

    private func point(_ verdict: String, _ description: String, directive: (word: String, reason: String)? = nil) {
        comments.finish(before: description)
        if let reason = levels[levels.count - 1].skipReason {
            levels[levels.count - 1].skipReason = nil
            comments.add("Skipped: \(reason)\n")
        }
        levels[levels.count - 1].number += 1
        let end = directive.map { " # \($0.word) " + TAPReport.escaped($0.reason) } ?? ""
        let number = levels[levels.count - 1].number
        output.write("\(indentation)\(verdict) \(number) - \(TAPReport.escaped(description))\(end)\n")
    }

    private func skip(_ reason: String) {
        if levels[levels.count - 1].isSkipped { return }
        levels[levels.count - 1].isSkipped = true
        if levels[levels.count - 1].number == 0 {
            levels[levels.count - 1].skipReason = reason
        } else {
            levels[levels.count - 1].number += 1
            let number = levels[levels.count - 1].number
            output.write("\(indentation)ok \(number) # SKIP \(YAML.plainText(reason))\n")
        }
    }

    private func endLevel() {
        let level = levels[levels.count - 1]
        if level.number > 0 {
            output.write("\(indentation)1..\(level.number)\n")
        } else {
            let reason = YAML.plainText(level.skipReason ?? "nothing was expected")
            output.write("\(indentation)1..0 # SKIP \(reason)\n")
        }
    }

    private func diagnose(_ failure: Failure) {
        let margin = indentation + "  "
        output.write("\(margin)---\n")
        output.write("\(margin)message: \(YAML.quoted(failure.message))\n")
        if let place = failure.location {
            output.write("\(margin)at:\n\(margin)  file: \(YAML.quoted(place.file))\n")
            output.write("\(margin)  line: \(place.line)\n\(margin)  column: \(place.column)\n")
        }
        // No key twice: an operand can be written on both sides, or be a symbol with the name of another key.
        var keys: Set<String> = ["message", "at", "source"]
        func key(_ name: String) -> String {
            var name = name
            while !keys.insert(name).inserted { name += "'" }
            return YAML.key(name)
        }
        for detail in failure.details { output.write("\(margin)\(key(detail.name)): \(YAML.quoted(detail.value))\n") }
        if !failure.excerpt.isEmpty { block("source", failure.excerpt, margin) }
        for section in failure.sections { block(key(section.title), section.lines, margin) }
        output.write("\(margin)...\n")
    }

    /// Lines as a list: the harness's reader takes no literal block whose first line is indented.
    private func block(_ key: String, _ lines: [String], _ margin: String) {
        output.write("\(margin)\(key):\n")
        for line in lines { output.write("\(margin)  - \(YAML.item(line))\n") }
    }

    /// A description in which TAP's directive sign and escape are escaped.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in YAML.plainText(text).unicodeScalars {
            if scalar == "\\" || scalar == "#" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
