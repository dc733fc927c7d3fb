import CHost

/// A clock that never goes back (`CLOCK_MONOTONIC`), for measuring.
public enum MonotonicClock {
    /// Nanoseconds since some time in the past.
    public static var nanoseconds: UInt64 { host_monotonic_nanoseconds() }
}
