import Commands
import Host

/// Writes what is carried out at the prompt as a script that does the same. What failed is in it as a comment, so that the
/// script goes on as the session did.
struct Recorder {
    private let file: OutputFile
    private let folder: String
    private let parsing: ParseContext

    /// A record at `path`, for the program and the RAM that the options say. Throws `.failed`.
    init(_ path: String, _ options: Options, _ parsing: ParseContext) throws(HostError) {
        file = try OutputFile(path: path)
        folder = Path.resolved(".") ?? ""
        self.parsing = parsing
        let memory =
            (options.memorySize.map { " --memory=\($0)" } ?? "") + (options.vcpuCount.map { " --smp=\($0)" } ?? "")
        file.write(line: "# Recorded by kvmdbg \(version). To replay: kvmdbg\(memory) --script FILE")
        file.flush()
    }

    /// Notes a command that was carried out, and how it ended.
    func note(_ command: PreparedCommand, _ outcome: Interpreter.Outcome) {
        let hasFailed: Bool
        if case .ended = outcome { hasFailed = true } else { hasFailed = false }
        write(command.recorded(from: folder, parsing), hasFailed)
    }

    /// Notes that the file at `path` was loaded, or sourced, on behalf of an option.
    func note(_ command: String, file path: String, hasFailed: Bool) {
        write([command + " " + PreparedCommand.quotedFileName(Path.join(folder, path))], hasFailed)
    }

    /// Notes a command that stands for an option.
    func note(_ command: String) { write([command], false) }

    private func write(_ lines: [String], _ hasFailed: Bool) {
        for line in lines { file.write(line: hasFailed ? "# failed: " + line : line) }
        // Written at once, so that a killed session leaves its record too.
        file.flush()
    }

    /// Why the record is not whole; nil when it is.
    var failure: HostError? { file.failure }
}
