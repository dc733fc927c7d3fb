import Host
import Reports

/// The reports that the options ask for, wired to their files.
final class Reporting {
    /// All of them, as one.
    let report: any Report
    /// The session as it is seen, where it is kept.
    let transcript: HumanReport?
    /// Whether standard output shows the session to a person.
    let isHuman: Bool
    private var files: [OutputFile] = []
    private let documents: Documents

    /// Opens the files. Throws the sentence that says why one of them cannot be written.
    init(_ options: Options, output: ByteSink, errors: ByteSink, style: Style) throws(Options.Problem) {
        var choices = options.reports
        if !choices.contains(where: { $0.file == nil }) { choices.insert(ReportChoice(.human), at: 0) }
        isHuman = choices.contains { $0.file == nil && $0.format == .human }
        let facts = Reporting.facts(options, choices)
        var members: [ReportGroup.Member] = []
        let documents = Documents(output: output)
        for choice in choices {
            if choice.format == .junit {
                let path = choice.file
                if let path { try Reporting.prepare(path) }
                members.append(.init(JUnitReport(facts: facts) { documents.write($0, path) }))
                continue
            }
            var sink = output
            if let path = choice.file {
                let file = try Reporting.open(path)
                files.append(file)
                sink = file.sink
            }
            switch choice.format {
            case .human:
                // In a file, output and errors come to one place, as on a terminal.
                let isFile = choice.file != nil
                members.append(
                    .init(
                        HumanReport(
                            output: sink, errors: isFile ? sink : errors,
                            style: isFile ? Style(isColoured: false) : style, echoes: options.hasScript),
                        takesColour: !isFile))
            case .tap: members.append(.init(TAPReport(output: sink, harnessVersion: Environment.value("TAP_VERSION"))))
            case .ktap: members.append(.init(KTAPReport(output: sink, name: facts.name)))
            case .json: members.append(.init(JSONReport(output: sink, facts: facts)))
            case .junit: break
            }
        }
        if let path = options.transcript {
            let file = try Reporting.open(path)
            files.append(file)
            let transcript = HumanReport(
                output: file.sink, errors: file.sink, style: Style(isColoured: false), echoes: options.hasScript)
            members.append(.init(transcript))
            self.transcript = transcript
        } else {
            transcript = nil
        }
        self.documents = documents
        report = ReportGroup(members)
    }

    /// The reports are over: why one of the files is not whole; nil when all are.
    var failure: HostError? {
        for file in files {
            file.flush()
            if let failure = file.failure { return failure }
        }
        return documents.failure
    }

    private static func facts(_ options: Options, _ choices: [ReportChoice]) -> RunFacts {
        var names: [String] = []
        for source in options.sources {
            if case .script(let path) = source { names.append(Path.name(of: path)) }
        }
        let isAsked = choices.contains { $0.format == .junit || $0.format == .json }
        return RunFacts(
            name: names.isEmpty ? "kvmdbg" : names.joined(separator: " "), program: "kvmdbg \(version)",
            hostName: Kernel.current.node, timestamp: WallClock.utc,
            properties: isAsked ? MachineProvider.properties() : [], clock: { MonotonicClock.nanoseconds })
    }

    private static func open(_ path: String) throws(Options.Problem) -> OutputFile {
        do throws(HostError) { return try OutputFile(path: path) } catch {
            throw Options.Problem(message: error.message)
        }
    }

    /// Finds out now whether the file can be made; one of an earlier run goes away, so that it is not taken for this one's.
    private static func prepare(_ path: String) throws(Options.Problem) {
        do throws(HostError) {
            _ = try NewFile(path)
            if Files.isRegular(path) { try Files.remove(path) }
        } catch { throw Options.Problem(message: error.message) }
    }
}

/// Reports that are written as a whole.
private final class Documents {
    private let output: ByteSink
    private(set) var failure: HostError?

    init(output: ByteSink) { self.output = output }

    func write(_ bytes: [UInt8], _ path: String?) {
        guard let path else {
            bytes.withUnsafeBufferPointer { output.write($0) }
            output.flush()
            return
        }
        do throws(HostError) {
            try NewFile.write(bytes, to: path)
        } catch { failure = failure ?? error }
    }
}
