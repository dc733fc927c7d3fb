import Guest
import Host

/// JSON lines: an object for each thing that happens, as it happens. The events and their members are described in kdbg(5), and
/// by the schema in `Tests/reports/events.schema.json`.
public final class JSONReport: Report {
    private let output: ByteSink
    private let watch: Stopwatch
    private let clock: () -> UInt64
    private var tally = Tally()
    private var test: (name: String, watch: Stopwatch)?

    /// A report of the run that `facts` tells of on `output`, which carries nothing else.
    public init(output: ByteSink, facts: RunFacts) {
        self.output = output
        clock = facts.clock
        watch = Stopwatch(facts.clock)
        write("start") { (object) in
            object.add("version", 1)
            object.add("name", facts.name)
            object.add("program", facts.program)
            object.add("host", facts.hostName)
            object.add("timestamp", facts.timestamp)
            object.add("properties", facts.properties.map { JSONReport.pair($0.name, $0.value) })
        }
        output.flush()
    }

    /// `command`.
    public func began(command: String) { write("command") { $0.add("command", command) } }

    /// `output`.
    public func text(_ text: String) { write("output") { $0.add("text", text) } }

    /// `console`; with the bytes besides when they are no text.
    public func console(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        write("console") { (object) in
            object.add("text", text)
            if !text.utf8.elementsEqual(bytes) {
                object.add("bytes", bytes.map { String(hex(UInt32($0), digits: 2).dropFirst(2)) }.joined())
            }
        }
        output.flush()
    }

    /// `stop`.
    public func stopped(_ stop: GuestStop) {
        write("stop") { (object) in
            object.add("reason", stop.reason)
            object.add("pc", stop.pc.description)
            object.add("text", stop.sentence)
        }
        output.flush()
    }

    /// `passed`.
    public func passed(_ description: String) {
        tally.passed()
        write("passed") { $0.add("description", description) }
    }

    /// `failed`.
    public func failed(_ failure: Failure) {
        tally.failed(failure)
        write("failed") { (object) in
            object.add("kind", failure.kind.name)
            object.add("command", failure.command)
            JSONReport.add(failure.location, to: &object)
            object.add("message", failure.message)
            object.add("excerpt", failure.excerpt)
            object.add("details", failure.details.map { JSONReport.pair($0.name, $0.value) })
            object.add(
                "sections",
                failure.sections.map { (section) in
                    var item = JSONObject()
                    item.add("title", section.title)
                    item.add("lines", section.lines)
                    return item
                })
            object.add("known", failure.knownReason)
        }
        output.flush()
    }

    /// `skipped`.
    public func skipped(_ reason: String) {
        write("skipped") { $0.add("reason", reason) }
        output.flush()
    }

    /// `note`.
    public func note(_ text: String) { write("note") { $0.add("text", text) } }

    /// `test-began`.
    public func testBegan(_ name: String, at location: SourceLocation?) {
        test = (name, Stopwatch(clock))
        write("test-began") { (object) in
            object.add("name", name)
            JSONReport.add(location, to: &object)
        }
        output.flush()
    }

    /// `test-ended`.
    public func testEnded(_ result: TestResult) {
        tally.ended(result)
        write("test-ended") { (object) in
            object.add("name", test?.name ?? "")
            object.add("verdict", result.verdict.name)
            switch result.verdict {
            case .passed: break
            case .failed(let kind): object.add("kind", kind.name)
            case .skipped(let reason): object.add("reason", reason)
            }
            object.add("known", result.knownReason)
            if let test { object.add("seconds", raw: test.watch.seconds) }
        }
        test = nil
        output.flush()
    }

    /// `end`.
    public func finish() {
        write("end") { (object) in
            object.add("tests", tally.tests)
            object.add("passed", tally.passedTests)
            object.add("failed", tally.failedTests)
            object.add("known", tally.knownTests)
            object.add("skipped", tally.skippedTests)
            object.add("expectations", tally.expectations)
            object.add("failures", tally.failures)
        }
        output.flush()
    }

    /// Hands everything to the kernel.
    public func flush() { output.flush() }

    private func write(_ event: String, _ fill: (inout JSONObject) -> Void) {
        var object = JSONObject()
        object.add("event", event)
        object.add("time", raw: watch.seconds)
        fill(&object)
        output.write(object.text + "\n")
    }

    private static func add(_ location: SourceLocation?, to object: inout JSONObject) {
        guard let location else { return }
        var place = JSONObject()
        place.add("file", location.file)
        place.add("line", location.line)
        place.add("column", location.column)
        object.add("at", raw: place.text)
    }

    private static func pair(_ name: String, _ value: String) -> JSONObject {
        var object = JSONObject()
        object.add("name", name)
        object.add("value", value)
        return object
    }
}
