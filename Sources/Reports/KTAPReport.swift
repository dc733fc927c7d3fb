import Host

/// KTAP version 1, as the kernel's `kunit.py` reads it (`Documentation/dev-tools/ktap.rst`,
/// `tools/testing/kunit/kunit_parser.py`): the script is one test, its expectations and tests are subtests of it.
///
/// So the plan is known at once, and the result of a run that was cut short is missing, which a reader sees. How many
/// subtests there will be is not known; the reader finds the end by the name in the heading.
public final class KTAPReport: Report {
    private let output: ByteSink
    private let comments: CommentLines
    /// The script, and behind it the test that is being carried out.
    private var levels: [Level]

    private struct Level {
        let name: String
        /// The subtests that were told so far.
        var number = 0
        /// Whether its heading was written.
        var isOpen = false
        var hasFailed = false
        var skipReason: String?
    }

    /// A report of the script `name` on `output`, which carries nothing else.
    public init(output: ByteSink, name: String) {
        self.output = output
        comments = CommentLines(output: output, defused: KTAPReport.defused)
        levels = [Level(name: KTAPReport.name(name))]
        output.write("KTAP version 1\n1..1\n")
    }

    /// A comment, unless the command turns out to be a test, which has it as its name.
    public func began(command: String) { comments.began(command) }

    /// A comment.
    public func text(_ text: String) { comments.add(text) }

    /// A comment.
    public func console(_ bytes: [UInt8]) { comments.add(console: bytes) }

    /// Nothing: it comes as text as well.
    public func stopped(_ stop: GuestStop) {}

    /// A test.
    public func passed(_ description: String) { result("ok", description) }

    /// A test, behind comments that say why.
    public func failed(_ failure: Failure) {
        comments.finish(before: failure.command)
        openLevel()
        diagnose(failure)
        if let reason = failure.knownReason {
            result("ok", failure.command, directive: "XFAIL " + reason)
        } else {
            levels[levels.count - 1].hasFailed = true
            let word: String?
            switch failure.kind {
            case .expectation: word = nil
            case .timeout: word = "TIMEOUT"
            case .command, .interrupted, .syntax: word = "ERROR"
            }
            result("not ok", failure.command, directive: word.map { $0 + " " + failure.message })
        }
        output.flush()
    }

    /// The test, or the script, is skipped; a test of its own when something was told already.
    public func skipped(_ reason: String) {
        comments.finish()
        levels[levels.count - 1].skipReason = reason
        if levels[levels.count - 1].number > 0 { result("ok", "the rest", directive: "SKIP " + reason) }
    }

    /// A comment.
    public func note(_ text: String) { self.text(text + "\n") }

    /// Nothing yet: without subtests a test has no heading.
    public func testBegan(_ name: String, at location: SourceLocation?) {
        comments.finish()
        openLevel()
        levels.append(Level(name: unique(KTAPReport.name(name))))
    }

    /// The test's result.
    public func testEnded(_ result: TestResult) {
        guard levels.count > 1 else { return }
        comments.finish()
        let level = levels.removeLast()
        comments.indentation = indentation(levels.count)
        switch result.verdict {
        case .passed:
            if let reason = result.knownReason { text("This passed and is known to fail: \(reason)\n") }
            self.result("ok", level.name)
        case .skipped(let reason): self.result("ok", level.name, directive: "SKIP " + reason)
        case .failed:
            if let reason = result.knownReason {
                self.result("ok", level.name, directive: "XFAIL " + reason)
            } else {
                levels[levels.count - 1].hasFailed = true
                self.result("not ok", level.name)
            }
        }
        output.flush()
    }

    /// The script's result.
    public func finish() {
        // Nothing but a defect leaves a test open.
        if levels.count > 1 { testEnded(TestResult(.failed(.interrupted))) }
        comments.finish()
        let script = levels[0]
        var end = ""
        if script.number == 0 {
            end = " # SKIP " + KTAPReport.directive(script.skipReason ?? "nothing was expected")
        }
        output.write("\(script.hasFailed ? "not ok" : "ok") 1 \(script.name)\(end)\n")
        output.flush()
    }

    /// Hands everything to the kernel, but for a comment's line that has not ended. The command that began is in it: the guest
    /// may run for long now, or for ever.
    public func flush() {
        comments.announce()
        output.flush()
    }

    private func indentation(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    /// Writes the headings of the levels that get their first subtest now. The reader has a heading without one for an
    /// error.
    private func openLevel() {
        for depth in levels.indices where !levels[depth].isOpen {
            comments.indentation = indentation(depth + 1)
            output.write("\(comments.indentation)KTAP version 1\n")
            output.write("\(comments.indentation)# Subtest: \(levels[depth].name)\n")
            levels[depth].isOpen = true
        }
    }

    private func result(_ verdict: String, _ description: String, directive: String? = nil) {
        comments.finish(before: description)
        openLevel()
        levels[levels.count - 1].number += 1
        let name = unique(KTAPReport.name(description))
        let end = directive.map { " # " + KTAPReport.directive($0) } ?? ""
        output.write(
            "\(comments.indentation)\(verdict) \(levels[levels.count - 1].number) \(name)\(end)\n")
    }

    private func diagnose(_ failure: Failure) {
        for line in FailureText.lines(failure) { comments.add(line + "\n") }
    }

    /// The reader takes a result with the name of a test that is not over for its end, however it is indented.
    private func unique(_ name: String) -> String {
        var name = name
        while levels.contains(where: { $0.name == name }) { name += "'" }
        return name
    }

    /// A name without the sign that begins a directive, and without what the reader takes away at both ends.
    private static func name(_ text: String) -> String {
        var name = Array(replacing("#", by: "\\x23", in: YAML.plainText(text)).utf8)
        func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        while isBlank(name.first) || name.starts(with: "- ".utf8) { name.removeFirst() }
        while isBlank(name.last) { name.removeLast() }
        return name.isEmpty ? "unnamed" : String(decoding: name, as: UTF8.self)
    }

    /// A directive with what is said to it. In that is no such sign: the reader takes the last "# SKIP" for the directive.
    private static func directive(_ text: String) -> String {
        defused(replacing("#", by: "\\x23", in: YAML.plainText(text)))
    }

    /// What no line may say: the beginning of a subtest, and what the reader takes for the end of all.
    private static func defused(_ text: String) -> String {
        var text = CommentLines.defused(text, beginning: "Subtest")
        for end in ["List of all partitions:", "Kernel panic - not syncing: VFS:", "reboot: System halted"] {
            text = replacing(
                end, by: end.utf8.first.map { "\\x" + String($0, radix: 16) + end.dropFirst() } ?? "", in: text)
        }
        return text
    }

    private static func replacing(_ part: String, by other: String, in text: String) -> String {
        let bytes = Array(text.utf8)
        let (part, other) = (Array(part.utf8), Array(other.utf8))
        guard bytes.count >= part.count else { return text }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: part) {
                result += other
                index += part.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
