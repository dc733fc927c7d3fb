import Host

/// How long the guest, and all of it, may take.
struct TimeLimits {
    /// What `set timeout` gives each command that lets the guest run; nil for as long as it takes.
    var command: TimeSpan?
    /// What `--timeout` gives the whole run; nil for as long as it takes.
    private(set) var run: TimeSpan?
    /// When that is over, by the monotonic clock.
    private var end: UInt64?
    /// What deferred commands are given when it is over.
    private static let grace: UInt64 = 2_000_000_000

    /// From now on the whole run has `time`.
    mutating func start(_ time: TimeSpan) {
        run = time
        end = TimeLimits.now.addingClamped(time.nanoseconds)
    }

    /// Whether the time of the whole run is over.
    var isOver: Bool {
        guard let end else { return false }
        return TimeLimits.now >= end
    }

    /// Lets what must be done at the end be done, though the time is over.
    mutating func beginGrace() {
        if isOver { end = TimeLimits.now.addingClamped(TimeLimits.grace) }
    }

    /// Ends that: the end of the run is again what it is in `before`.
    mutating func endGrace(_ before: TimeLimits) { end = before.end }

    /// How many nanoseconds the guest may run now, for a command that gives it `time` at most; nil for as long as it takes.
    func left(of time: TimeSpan? = nil) -> UInt64? {
        var left = end.map { $0 - min($0, TimeLimits.now) }
        for limit in [command, time] {
            guard let nanoseconds = limit?.nanoseconds else { continue }
            left = min(left ?? .max, nanoseconds)
        }
        return left
    }

    /// Why the guest had no more time.
    var sentence: String {
        if isOver, let run { return "The \(run.description) of the whole run (--timeout) are over." }
        let time = command.map { $0.description } ?? "?"
        return "The guest ran for \(time), the time limit of a command (set timeout)."
    }

    private static var now: UInt64 { MonotonicClock.nanoseconds }
}

extension UInt64 {
    /// The sum, or the greatest number where it is greater.
    fileprivate func addingClamped(_ other: UInt64) -> UInt64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
