import Host

/// The session as a person reads it: what the commands print, the guest's console in between, failures on standard error.
public final class HumanReport: Report {
    private let output: ByteSink
    private let errors: ByteSink
    private let style: Style
    private let echoes: Bool
    private var atLineStart = true
    private var isConsoleLineOpen = false
    private var passedCount = 0

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

    /// Counted only.
    public func passed(_ description: String) { passedCount += 1 }

    /// Place, message, the line with the caret, and the details, on standard error.
    public func failed(_ failure: Failure) {
        finishLine()
        output.flush()
        let place = failure.location.map { $0.text + ": " } ?? ""
        errors.write((errors.isTerminal ? style.failure(place) : place) + failure.message + "\n")
        for line in failure.excerpt { errors.write("  " + line + "\n") }
        for detail in failure.details { errors.write("  \(detail.name): \(detail.value)\n") }
        errors.flush()
    }

    /// The reason, on standard error.
    public func skipped(_ reason: String) {
        finishLine()
        output.flush()
        errors.write("Skipped: " + reason + "\n")
        errors.flush()
    }

    /// A line.
    public func note(_ text: String) { line(text + "\n") }

    /// Nothing: the test's command says its name.
    public func testBegan(_ name: String, at location: SourceLocation?) {}

    /// Nothing yet.
    public func testEnded(_ result: TestResult) {}

    /// The count of expectations that held, where commands are echoed.
    public func finish() {
        if echoes && passedCount > 0 {
            line("\(passedCount) expectation\(passedCount == 1 ? "" : "s") held.\n")
        }
        finishLine()
        flush()
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
