import CKVM
import KVM
import Target

/// How often the guest exited, and why, since the machine was made. Each way out of `KVM_RUN` is counted once.
struct ExitCounts {
    /// By `KVM_EXIT_…`.
    private var reasons = [UInt64](repeating: 0, count: 64)
    /// Exits with a number that is too large for `reasons`.
    private var strange: UInt64 = 0
    /// `KVM_RUN` ended for a signal.
    private var interrupted: UInt64 = 0
    /// `KVM_RUN` only completed the exit before, without letting the guest run.
    private var completions: UInt64 = 0
    /// `KVM_RUN` failed.
    private var failures: UInt64 = 0
    /// In the order in which each came first.
    private var sbi: [RunCounts.SBIRow] = []
    private var otherSBI: UInt64 = 0
    /// The time in `KVM_RUN`.
    var guestNanoseconds: UInt64 = 0

    /// A guest can call functions that no specification knows, with any number.
    private static let sbiLimit = 64

    mutating func count(_ exit: Exit, reason: ExitReason) {
        if exit == .interrupted {
            interrupted &+= 1
            return
        }
        if Int(reason.rawValue) < reasons.count {
            reasons[Int(reason.rawValue)] &+= 1
        } else {
            strange &+= 1
        }
        if case .riscvSBI(let call) = exit { count(call) }
    }

    mutating func countCompletion() { completions &+= 1 }

    /// Stores to a watched page that were done without a word: MMIO exits all the same.
    mutating func countPassedStores(_ count: UInt64) { reasons[Int(KVM_EXIT_MMIO)] &+= count }

    mutating func countFailure() { failures &+= 1 }

    private mutating func count(_ call: SBICall) {
        for index in sbi.indices where sbi[index].extension == call.extension && sbi[index].function == call.function {
            sbi[index].count &+= 1
            return
        }
        if sbi.count < Self.sbiLimit {
            sbi.append(RunCounts.SBIRow(extension: call.extension, function: call.function, count: 1))
        } else {
            otherSBI &+= 1
        }
    }

    /// The counts by name, those that are not zero.
    var rows: RunCounts {
        var counts = RunCounts()
        for (number, count) in reasons.enumerated() {
            counts.exits.append(.init(ExitReason(rawValue: UInt32(number)).description, count))
        }
        counts.exits += [
            .init("exits with unknown numbers", strange), .init("interrupted by a signal", interrupted),
            .init("completions only", completions), .init("failed", failures),
        ]
        counts.exits.removeAll { $0.count == 0 }
        for row in sbi {
            let place = counts.sbi.firstIndex { $0.count < row.count } ?? counts.sbi.count
            counts.sbi.insert(row, at: place)
        }
        counts.otherSBI = otherSBI
        return counts
    }
}
