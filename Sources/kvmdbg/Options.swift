import Commands
import Host
import Machine
import RISCV
import Reports

/// What the command line asks for.
struct Options {
    /// What `-x` and `-e` give, in their order.
    enum Source {
        case script(String)
        case command(String)
    }

    enum Colour { case auto, always, never }

    var sources: [Source] = []
    var guest: String?
    /// The files by which the guest is booted, with the command that takes each, in the order in which they are taken.
    var bootFiles: [(command: String, path: String)] {
        var files: [(command: String, path: String)] = []
        if let guest { files.append(("load", guest)) }
        if let kernel { files.append(("kernel", kernel)) }
        if let initrd { files.append(("initrd", initrd)) }
        if let deviceTree { files.append(("machine dtb", deviceTree)) }
        for path in symbolFiles { files.append(("symbols", path)) }
        if let semihostingFolder { files.append(("machine semihosting", semihostingFolder)) }
        return files
    }
    var kernel: String?
    var initrd: String?
    var deviceTree: String?
    var semihostingFolder: String?
    var commandLine: String?
    var isBatch = false
    var memorySize: UInt64?
    var vcpuCount: Int?
    /// The files with further symbols, in order.
    var symbolFiles: [String] = []
    var timeLimit: TimeSpan?
    /// What `--define` makes of convenience variables, in order.
    var definitions: [(name: String, value: String)] = []
    /// None: the human one on standard output.
    var reports: [ReportChoice] = []
    /// The exit status of a run that is skipped, instead of 4.
    var skipStatus: Int32?
    var requiresKVM = false
    /// Where what is carried out at the prompt is written as a script.
    var record: String?
    /// Where the session is written as it is seen.
    var transcript: String?
    var colour = Colour.auto
    var readsInitFile = true
    var isQuiet = false
    var checksOnly = false
    var wantsVersion = false
    var wantsHelp = false

    /// A command line that cannot be understood; the sentence.
    struct Problem: Error {
        let message: String
    }

    /// Whether a script is given: then there is no prompt.
    var hasScript: Bool {
        sources.contains { if case .script = $0 { return true } else { return false } }
    }

    static let table: [OptionReader.Option] = [
        .init("script", "x", value: "FILE", "carry out the commands in FILE, then end"),
        .init("eval", "e", value: "COMMAND", "carry out COMMAND; may be repeated, in order with -x"),
        .init("batch", nil, "after -x and -e, end instead of showing the prompt"),
        .init("check", nil, "parse the scripts, tell everything that is wrong, carry out nothing"),
        .init("kernel", "k", value: "FILE", "boot a Linux Image, plain or compressed, or vmlinux"),
        .init("initrd", nil, value: "FILE", "the kernel's first file system"),
        .init("append", nil, value: "TEXT", "the kernel's command line"),
        .init("dtb", nil, value: "FILE", "the device tree, instead of the machine's own"),
        .init("memory", "m", value: "SIZE", "the guest's RAM in bytes, with K, M or G (128M)"),
        .init("smp", nil, value: "N", "the guest's virtual CPUs (1)"),
        .init("symbols", nil, value: "FILE", "read the symbols of FILE, ELF or System.map, too; may be repeated"),
        .init("semihosting-files", nil, value: "DIR", "let the guest use the files in DIR by semihosting"),
        .init("timeout", nil, value: "TIME", "end in time, as 500ms, 30s or 5m, with exit status 124"),
        .init("define", nil, value: "NAME=VALUE", "set the variable $NAME; may be repeated"),
        .init("report", nil, value: "FORMAT[:FILE]", "tell a run as human, tap, ktap, junit or json; may be repeated"),
        .init("skip-status", nil, value: "N", "the exit status of what is skipped, instead of 4"),
        .init("require-kvm", nil, "fail, instead of skipping, where there is no KVM"),
        .init("record", nil, value: "FILE", "write what is carried out at the prompt as a script"),
        .init("transcript", nil, value: "FILE", "write the session as it is seen"),
        .init("color", nil, value: "WHEN", "colour: auto, always or never"),
        .init("no-init", "n", "do not read the init file"),
        .init("quiet", "q", "no greeting"),
        .init("version", "v", "tell the version, then end"),
        .init("help", "h", "tell this, then end"),
    ]

    /// Whether nothing but the options is carried out: there is no prompt.
    var isRun: Bool { hasScript || isBatch || checksOnly }

    /// Reads the process's arguments. A TAP harness that runs this, as prove, gets TAP unless another report is asked for; a run
    /// that is skipped says so in it, and is no failure.
    static func parse() throws(Problem) -> Options {
        var options = try parseArguments()
        if options.reports.isEmpty, options.isRun, !(Environment.value("HARNESS_ACTIVE") ?? "").isEmpty {
            options.reports = [ReportChoice(.tap)]
            options.skipStatus = options.skipStatus ?? 0
        }
        return options
    }

    private static func parseArguments() throws(Problem) -> Options {
        var options = Options()
        var reader = OptionReader(table)
        while true {
            switch reader.next() {
            case .option(let index, let value): try options.take(table[index], value ?? "")
            case .unknown(let text):
                throw Problem(message: "There is no option \"\(text)\", or it is not clear which is meant.")
            case .lacksValue(let text): throw Problem(message: "The option \"\(text)\" needs a value.")
            case .operands(let operands):
                if operands.count > 1 {
                    throw Problem(message: "One guest can be debugged at a time, and \(operands.count) are named.")
                }
                options.guest = operands.first
                if let kernel = options.kernel, let guest = options.guest {
                    throw Problem(
                        message: "One guest can be debugged at a time: \"\(guest)\" or the kernel \"\(kernel)\".")
                }
                return options
            }
        }
    }

    private mutating func take(_ option: OptionReader.Option, _ value: String) throws(Problem) {
        switch option.name.description {
        case "script": sources.append(.script(value))
        case "eval": sources.append(.command(value))
        case "batch": isBatch = true
        case "check": checksOnly = true
        case "kernel": kernel = value
        case "initrd": initrd = value
        case "append": commandLine = value
        case "dtb": deviceTree = value
        case "semihosting-files": semihostingFolder = value
        case "memory":
            guard let size = Size.parse(value) else {
                throw Problem(
                    message: "\"\(value)\" is no size: --memory takes a number of bytes, with K, M or G, as in 128M.")
            }
            do { try GuestRAM.check(byteCount: size) } catch { throw Problem(message: error.message) }
            memorySize = size
        case "smp":
            guard let count = Int(value), count > 0, count <= Machine.largestVCPUCount else {
                throw Problem(
                    message: "\"\(value)\" is no number of virtual CPUs: --smp takes one from 1 to "
                        + "\(Machine.largestVCPUCount), or fewer as the host allows.")
            }
            vcpuCount = count
        case "symbols": symbolFiles.append(value)
        case "timeout":
            guard let time = TimeSpan.parse(value) else {
                throw Problem(message: "\"\(value)\" is no time: --timeout takes \(TimeSpan.forms).")
            }
            timeLimit = time
        case "define": definitions.append(try Options.definition(value))
        case "report":
            guard let choice = ReportChoice(value) else {
                throw Problem(
                    message: "There is no report \"\(value)\": --report takes human, tap, ktap, junit or json, "
                        + "and a file's name behind a colon, as in junit:report.xml.")
            }
            if let other = reports.first(where: { $0.file == choice.file }) {
                let place = other.file.map { "the file \"\($0)\"" } ?? "standard output"
                throw Problem(message: "Two reports cannot be written to \(place): give one of them another FILE.")
            }
            reports.append(choice)
        case "skip-status":
            guard let number = UInt8(value) else {
                throw Problem(message: "\"\(value)\" is no exit status: --skip-status takes a number from 0 to 255.")
            }
            skipStatus = Int32(number)
        case "require-kvm": requiresKVM = true
        case "record": record = value
        case "transcript": transcript = value
        case "color":
            switch value {
            case "auto": colour = .auto
            case "always": colour = .always
            case "never": colour = .never
            default: throw Problem(message: "\"\(value)\" is no time to colour: --color takes auto, always or never.")
            }
        case "no-init": readsInitFile = false
        case "quiet": isQuiet = true
        case "version": wantsVersion = true
        default: wantsHelp = true
        }
    }

    /// NAME=VALUE.
    private static func definition(_ text: String) throws(Problem) -> (name: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw Problem(message: "\"\(text)\" has no equals sign: --define takes NAME=VALUE.")
        }
        let name = String(parts[0])
        guard isName(name) else {
            throw Problem(message: "\"\(name)\" is no name of a variable: letters, digits and _, no digit first.")
        }
        if RegisterTable().register(named: name) != nil {
            throw Problem(message: "$\(name) is a register: --define takes the name of a variable.")
        }
        return (name, String(parts[1]))
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first < UInt8(ascii: "0") || first > UInt8(ascii: "9") else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                return true
            default: return false
            }
        }
    }

    /// The text of `--help`.
    static var help: String {
        var text = "Usage: kvmdbg [OPTIONS] [GUEST.elf]\nDebug a RISC-V guest over /dev/kvm.\n\n"
        for option in table {
            let short = option.letter.map { "-\($0), " } ?? "    "
            let value = option.value.map { "=" + $0.description } ?? ""
            let left = "  " + short + "--" + option.name.description + value
            text +=
                left + String(repeating: " ", count: max(2, 28 - left.utf8.count)) + option.summary.description + "\n"
        }
        return text
            + "\nExit status: 0 passed, 1 failed, 2 usage or syntax, 4 skipped, 124 timeout, 130 interrupted.\n"
            + "More: man kvmdbg, man 5 kdbg, and \"help\" at the prompt.\n"
    }
}
