import CHost

/// The time of day.
public enum WallClock {
    /// The seconds since 1970, in UTC.
    public static var seconds: Int64 { host_seconds() }

    /// The time in UTC, to the second: "2026-11-25T14:30:00".
    public static var utc: String {
        let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 32)
        defer { buffer.deallocate() }
        // SAFETY: the call writes at most the buffer's length, and a zero at the end.
        guard let base = buffer.baseAddress else { return "" }
        host_utc(base, buffer.count)
        return String(cString: base)
    }
}
