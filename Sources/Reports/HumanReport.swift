import Host

/// The session as a person reads it: what the commands print, the guest's console in between, failures on standard error.
public final class HumanReport: Report {
    private let output: ByteSink
    private let errors: ByteSink
    private let style: Style
    private let echoes: Bool
    private var atLineStart = true
    private var isConsoleLineOpen = false
    private var tally = Tally()
    private var testName = ""
    /// Whether why the test is skipped was told.
    private var isSkipTold = false

    /// A report on `output` and `errors`. With `echoes`, each command of a script is shown behind the prompt, and the
    /// expectations are counted at the end.
    public init(output: ByteSink, errors: ByteSink, style: Style, echoes: Bool) {
        self.output = output
        self.errors = errors
        self.style = style
        self.echoes = echoes
    }

    /// The command behind the prompt, where that is asked for.
    public func began(command: String) {
        if !echoes { return }
        finishLine()
        line(style.prompt("(kvmdbg) ") + command + "\n")
    }

    /// What was typed at a prompt, of which nothing else tells the report.
    public func typed(_ line: String, behind prompt: String) {
        finishLine()
        self.line(prompt + line + "\n")
        flush()
    }

    /// The text as it is.
    public func text(_ text: String) { line(text) }

    /// The bytes as they are. A reader of the pipe gets each line at once, a person each byte.
    public func console(_ bytes: [UInt8]) {
        guard let last = bytes.last else { return }
        bytes.withUnsafeBufferPointer { output.write($0) }
        atLineStart = last == UInt8(ascii: "\n")
        isConsoleLineOpen = !atLineStart
        if atLineStart || output.isTerminal { output.flush() }
    }

    /// Nothing: it is shown as text besides.
    public func stopped(_ stop: GuestStop) {}

    /// Counted only.
    public func passed(_ description: String) { tally.passed() }

    /// Place, message, the line with the caret, the details and the sections, on standard error.
    public func failed(_ failure: Failure) {
        tally.failed(failure)
        finishLine()
        output.flush()
        let known = failure.knownReason.map { "Known to fail (\($0)): " } ?? ""
        let place = failure.location.map { $0.text + ": " } ?? ""
        errors.write((errors.isTerminal ? style.failure(place) : place) + known + failure.message + "\n")
        for line in FailureText.body(failure) { errors.write(line + "\n") }
        errors.flush()
    }

    /// The reason, on standard error.
    public func skipped(_ reason: String) {
        isSkipTold = true
        finishLine()
        output.flush()
        errors.write("Skipped: " + reason + "\n")
        errors.flush()
    }

    /// A line.
    public func note(_ text: String) { line(text + "\n") }

    /// Nothing: the test's command says its name.
    public func testBegan(_ name: String, at location: SourceLocation?) {
        testName = YAML.plainText(name)
        isSkipTold = false
    }

    /// The test's name and verdict.
    public func testEnded(_ result: TestResult) {
        tally.ended(result)
        finishLine()
        line("Test \"\(testName)\": \(style.headline(verdict(result)))\n")
        flush()
    }

    private func verdict(_ result: TestResult) -> String {
        switch result.verdict {
        case .passed: return result.knownReason.map { "passed, and is known to fail: \($0)" } ?? "passed"
        case .failed: return result.knownReason.map { "failed, as is known: \($0)" } ?? "failed"
        case .skipped(let reason): return isSkipTold ? "skipped" : "skipped: " + reason
        }
    }

    /// The count of tests, and of expectations that held, where commands are echoed.
    public func finish() {
        if echoes {
            if tally.tests > 0 { line(summary) }
            let count = tally.expectations
            if count > 0 { line("\(count) expectation\(count == 1 ? "" : "s") held.\n") }
        }
        finishLine()
        flush()
    }

    /// "3 tests: 1 passed, 1 failed, 1 skipped."
    private var summary: String {
        let parts = [
            (tally.passedTests, "passed"), (tally.failedTests, "failed"), (tally.knownTests, "failed as is known"),
            (tally.skippedTests, "skipped"),
        ]
        let list = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return "\(tally.tests) test\(tally.tests == 1 ? "" : "s"): \(list).\n"
    }

    /// Hands everything to the kernel.
    public func flush() { output.flush() }

    /// Console output can end in mid-line; what kvmdbg says begins on a line of its own.
    private func finishLine() {
        if !atLineStart { output.write("\n") }
        atLineStart = true
        isConsoleLineOpen = false
    }

    private func line(_ text: String) {
        guard let last = text.utf8.last else { return }
        if isConsoleLineOpen { finishLine() }
        output.write(text)
        atLineStart = last == UInt8(ascii: "\n")
    }
}
