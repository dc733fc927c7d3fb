import Debugger
import Guest
import Host
import RISCV
import Reports
import Target

/// Shows exits as lines, each kind in the session's output or in a file.
final class ExitTracer: ExitObserver {
    /// Where the lines of one kind go.
    enum Destination {
        case output
        case file(OutputFile)
    }

    /// What can be traced.
    enum Topic: CaseIterable {
        case exits, sbi, mmio

        /// The word in the command.
        var name: String {
            switch self {
            case .exits: return "exits"
            case .sbi: return "sbi"
            case .mmio: return "mmio"
            }
        }

        fileprivate var kinds: ExitKinds {
            switch self {
            case .exits: return .all
            case .sbi: return .sbi
            case .mmio: return .mmio
            }
        }
    }

    private let report: any Report
    private let style: Style
    private let symbolText: (GuestVirtualAddress) -> String?
    private var destinations: [(topic: Topic, destination: Destination)] = []

    init(report: any Report, style: Style, symbolText: @escaping (GuestVirtualAddress) -> String?) {
        self.report = report
        self.style = style
        self.symbolText = symbolText
    }

    /// Every kind that some topic wants.
    var kinds: ExitKinds {
        var kinds: ExitKinds = []
        for entry in destinations { kinds.formUnion(entry.topic.kinds) }
        return kinds
    }

    /// Where the lines of `topic` go; nil when it is off.
    func destination(_ topic: Topic) -> Destination? { destinations.first { $0.topic == topic }?.destination }

    /// Turns `topic` on; what it had before is closed.
    func turnOn(_ topic: Topic, _ destination: Destination) {
        turnOff(topic)
        destinations.append((topic, destination))
    }

    /// Turns `topic` off; a file that no other topic writes to is closed.
    func turnOff(_ topic: Topic) { destinations.removeAll { $0.topic == topic } }

    /// The file at `path` if a topic writes to it, so that two can share it.
    func openFile(_ path: String) -> OutputFile? {
        for entry in destinations {
            if case .file(let file) = entry.destination, file.path == path { return file }
        }
        return nil
    }

    /// Hands the files' lines to the kernel. The first file that could not be written is closed; why.
    func flush() -> HostError? {
        for entry in destinations {
            guard case .file(let file) = entry.destination else { continue }
            file.flush()
            if let failure = file.failure {
                destinations.removeAll {
                    if case .file(let other) = $0.destination { return other === file }
                    return false
                }
                return failure
            }
        }
        return nil
    }

    func exited(_ record: ExitRecord) {
        var isShown = false
        var written: [OutputFile] = []
        for entry in destinations where entry.topic.kinds.contains(record.kind) {
            switch entry.destination {
            case .output:
                if !isShown { report.text(text(record, style) + "\n") }
                isShown = true
            case .file(let file):
                if written.contains(where: { $0 === file }) { continue }
                file.write(line: text(record, Style(isColoured: false)))
                written.append(file)
            }
        }
    }

    /// "[   0.012345] sbi DBCN console_write(0x6, 0x80001000, 0x0) = success, 0x6": an exit whose pc is not known.
    static func line(_ record: ExitRecord) -> String { stamp(record) + text(record.event) }

    /// "[   0.012345] 0x80000010 <main+4>  sbi DBCN console_write(0x6, 0x80001000, 0x0) = success, 0x6".
    private func text(_ record: ExitRecord, _ style: Style) -> String {
        var place = "pc unknown"
        if let pc = record.pc {
            place = style.address(pc.description) + (symbolText(pc).map { " " + style.symbol("<" + $0 + ">") } ?? "")
        }
        return Self.stamp(record) + place + "  " + Self.text(record.event)
    }

    private static func stamp(_ record: ExitRecord) -> String {
        let microseconds = record.nanoseconds / 1000
        let seconds = Quantity.padded("\(microseconds / 1_000_000)", 4)
        return "[\(seconds).\(Quantity.digits(microseconds % 1_000_000, 6))] "
    }

    private static func text(_ event: ExitRecord.Event) -> String {
        switch event {
        case .sbi(let id, let function, let arguments, let a0, let a1):
            let count = SBIName.argumentCount(function, of: id)
            let list = arguments.prefix(count).map { hex($0) }.joined(separator: ", ")
            let call = "sbi \(SBIName.function(function, of: id))(\(list)) = "
            return call + (SBIName.isLegacy(id) ? hex(a0) : SBIName.error(a0) + ", " + hex(a1))
        case .mmio(let address, let count, let isWrite, let value):
            let bytes = count == 1 ? "1 byte" : "\(count) bytes"
            let digits = hex(value, digits: 2 * min(max(count, 1), 8))
            return isWrite
                ? "mmio write \(bytes) at GPA \(address.description): \(digits)"
                : "mmio read \(bytes) at GPA \(address.description) = \(digits)"
        case .other(let name, let detail): return "exit " + name + (detail.isEmpty ? "" : ", " + detail)
        }
    }
}
