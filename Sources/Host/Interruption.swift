import CHost

/// Ctrl-C: SIGINT remembered in the one flag that is global because a signal handler has no other place.
public enum Interruption {
    /// From here on SIGINT no longer ends the process; blocking system calls end with `EINTR` instead.
    public static func catchSignal() { _ = host_interrupt_catch() }

    /// Whether SIGINT came since the last `clear()`.
    public static var isPending: Bool { host_interrupt_pending() != 0 }

    /// Forgets a SIGINT that came.
    public static func clear() { host_interrupt_clear() }

    /// Has the handler also store 1 in the byte at `flag` (the run page's `immediate_exit`), at once if a SIGINT is
    /// pending; nil ends that. The byte must stay mapped until then.
    public static func watch(_ flag: UnsafeMutablePointer<UInt8>?) { host_interrupt_watch(flag) }

    /// Has each signal also written to `descriptor`, an eventfd, which wakes who waits for it; nil ends that.
    public static func wake(_ descriptor: Int32?) { host_interrupt_wake(descriptor ?? -1) }

    /// Has the byte that is watched set in so many milliseconds, and a blocking system call end with `EINTR`.
    public static func startTimer(milliseconds: UInt64) { host_timer_start(milliseconds) }

    /// Whether the time of `startTimer` is over.
    public static var isTimeOver: Bool { host_timer_is_over() != 0 }

    /// Ends what `startTimer` began.
    public static func stopTimer() { host_timer_stop() }

    /// Has each byte that is watched set from so many nanoseconds on, and blocking system calls end with `EINTR`. Beside the
    /// timer: one can run within the other.
    public static func startDeadline(nanoseconds: UInt64) -> Errno? {
        Errno(result: host_deadline_start(nanoseconds))
    }

    /// Whether the time of `startDeadline` is over.
    public static var isDeadlineOver: Bool { host_deadline_is_over() != 0 }

    /// Ends what `startDeadline` began.
    public static func stopDeadline() { host_deadline_stop() }
}
