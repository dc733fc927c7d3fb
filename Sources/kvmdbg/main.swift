import Commands
import Debugger
import Disassembly
import Host
import Reports

let version = "0.1.0"

/// What `parse` and `prepare` find is told on standard error, and nothing is run.
func refuse(_ message: String) -> ExitStatus {
    let errors = ByteSink(descriptor: 2)
    errors.write("kvmdbg: \(message) Try \"kvmdbg --help\".\n")
    errors.flush()
    return .usage
}

func tell(_ text: String) -> ExitStatus {
    let output = ByteSink(descriptor: 1)
    output.write(text)
    output.flush()
    return statusOfOutput(output, .passed)
}

/// `status`, unless what was written to `output` was lost.
func statusOfOutput(_ output: ByteSink, _ status: ExitStatus) -> ExitStatus {
    guard let errno = output.failure else { return status }
    let errors = ByteSink(descriptor: 2)
    errors.write("kvmdbg: The output cannot be written: \(errno.description).\n")
    errors.flush()
    return .failed
}

func main() -> ExitStatus {
    let options: Options
    do { options = try Options.parse() } catch { return refuse(error.message) }
    if options.wantsHelp { return tell(Options.help) }
    if options.wantsVersion { return tell("kvmdbg \(version)\n") }
    if !options.isRun, let report = options.reports.first(where: { $0.file == nil && $0.format != .human }) {
        return refuse(
            "--report \(report.format.rawValue) on standard output tells of a run without a prompt: it needs --script or "
                + "--batch, or a file: --report \(report.format.rawValue):FILE.")
    }
    if options.record != nil && options.isRun {
        return refuse("--record writes what is carried out at the prompt: it goes with neither --script nor --batch.")
    }
    if options.checksOnly && (options.sources.isEmpty || options.guest != nil) {
        return refuse("--check looks at scripts, without a guest: it needs --script, and takes no GUEST.elf.")
    }
    if options.timeLimit != nil && !options.hasScript && !options.isBatch {
        return refuse("--timeout is for a run without a prompt: it needs --script or --batch.")
    }
    do { return try Application(options).run() } catch {
        return refuse(error.message)
    }
}

endProcess(with: main().code)
