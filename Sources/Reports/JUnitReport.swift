import Host

/// JUnit's XML, as Ant and Jenkins take it: one suite, the script; a case for each test, and one with the script's name for
/// what was expected outside of tests. An expectation that did not hold is a failure, anything else an error.
///
/// It is written as a whole in the end: the counts stand at the beginning of the document.
public final class JUnitReport: Report {
    private let facts: RunFacts
    private let write: ([UInt8]) -> Void
    private let watch: Stopwatch
    private var tally = Tally()
    private var cases: [Case] = []
    /// The test that is being carried out.
    private var test: Case?
    /// What happens outside of tests.
    private var script: Case
    private var isScriptTold = false
    private var console = Tail(limit: 4 << 20)

    private struct Case {
        var name: String
        var watch: Stopwatch
        var seconds = ""
        var failures: [Failure] = []
        /// Why it does not count: skipped, or known to fail.
        var excuse: String?

        /// The failure that the case is told by, unless it does not count.
        var failure: Failure? { excuse == nil ? failures.first : nil }
        var isFailure: Bool { failure?.kind == .expectation }
        var isError: Bool { failure != nil && !isFailure }
    }

    /// A report of the run that `facts` tells of, which is handed to `write` once it is whole.
    public init(facts: RunFacts, write: @escaping ([UInt8]) -> Void) {
        self.facts = facts
        self.write = write
        watch = Stopwatch(facts.clock)
        script = Case(name: facts.name, watch: Stopwatch(facts.clock))
    }

    /// Nothing.
    public func began(command: String) {}

    /// Nothing.
    public func text(_ text: String) {}

    /// Kept for `system-out`.
    public func console(_ bytes: [UInt8]) { console.append(bytes) }

    /// Nothing.
    public func stopped(_ stop: GuestStop) {}

    /// An expectation outside of a test belongs to the script's case.
    public func passed(_ description: String) {
        if test == nil { isScriptTold = true }
    }

    /// The case has failed.
    public func failed(_ failure: Failure) {
        if test != nil {
            test?.failures.append(failure)
        } else {
            isScriptTold = true
            if let reason = failure.knownReason { script.excuse = "Known to fail: " + reason }
            script.failures.append(failure)
        }
    }

    /// The case is skipped.
    public func skipped(_ reason: String) {
        if test != nil {
            test?.excuse = reason
        } else {
            isScriptTold = true
            script.excuse = reason
        }
    }

    /// Nothing.
    public func note(_ text: String) {}

    /// A case begins.
    public func testBegan(_ name: String, at location: SourceLocation?) {
        test = Case(name: name, watch: Stopwatch(facts.clock))
    }

    /// A case is over.
    public func testEnded(_ result: TestResult) {
        guard var ended = test else { return }
        test = nil
        ended.seconds = ended.watch.roughly
        switch result.verdict {
        case .passed: break
        case .skipped(let reason): ended.excuse = reason
        case .failed(let kind):
            if let reason = result.knownReason { ended.excuse = "Known to fail: " + reason }
            // Nothing but a defect leaves a failure untold.
            if ended.failures.isEmpty {
                ended.failures = [Failure(kind: kind, command: "", location: nil, message: "The test failed.")]
            }
        }
        cases.append(ended)
    }

    /// Writes the document.
    public func finish() {
        if test != nil { testEnded(TestResult(.failed(.interrupted))) }
        if cases.isEmpty && !isScriptTold { script.excuse = "nothing was expected" }
        if cases.isEmpty || isScriptTold {
            script.seconds = watch.roughly
            cases.append(script)
        }
        write(Array(document.utf8))
    }

    /// Nothing: there is no report before the end.
    public func flush() {}

    private var document: String {
        let name = XMLText.attribute(facts.name)
        let counts =
            "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.isFailure })\""
            + " errors=\"\(cases.count { $0.isError })\" skipped=\"\(cases.count { $0.excuse != nil })\""
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
        text += "<testsuite name=\"\(name)\" package=\"kvmdbg\" id=\"0\" \(counts) time=\"\(watch.roughly)\""
        text += " timestamp=\"\(facts.timestamp)\" hostname=\"\(XMLText.attribute(facts.hostName))\">\n<properties>\n"
        for property in facts.properties {
            text += "<property name=\"\(XMLText.attribute(property.name))\""
            text += " value=\"\(XMLText.attribute(property.value))\"/>\n"
        }
        text += "</properties>\n"
        for item in cases { text += element(item, className: name) }
        let before = console.droppedCount > 0 ? "[\(console.droppedCount) bytes before this were left out]\n" : ""
        text +=
            "<system-out>" + XMLText.content(before + String(decoding: console.bytes, as: UTF8.self))
            + "</system-out>\n"
        return text + "<system-err></system-err>\n</testsuite>\n</testsuites>\n"
    }

    private func element(_ item: Case, className: String) -> String {
        let isBlank = item.name.utf8.allSatisfy { $0 <= UInt8(ascii: " ") }
        let head =
            "<testcase name=\"\(XMLText.attribute(isBlank ? "unnamed" : item.name))\""
            + " classname=\"\(className)\" time=\"\(item.seconds)\""
        let text = item.failures.map { JUnitReport.text($0) }.joined(separator: "\n")
        if let excuse = item.excuse {
            return head
                + ">\n<skipped message=\"\(XMLText.attribute(excuse))\">\(XMLText.content(text))</skipped>\n</testcase>\n"
        }
        guard let failure = item.failure else { return head + "/>\n" }
        let tag = item.isFailure ? "failure" : "error"
        return head + ">\n<\(tag) message=\"\(XMLText.attribute(failure.message))\" type=\"\(failure.kind.name)\">"
            + XMLText.content(text) + "</\(tag)>\n</testcase>\n"
    }

    /// As the human report has it.
    private static func text(_ failure: Failure) -> String {
        FailureText.lines(failure).joined(separator: "\n")
    }
}
