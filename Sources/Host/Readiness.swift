import CHost

/// Whether a descriptor has something to read.
public enum Readiness {
    /// Waits at most so many milliseconds until `descriptor` can be read; whether it can. A signal ends the wait.
    public static func wait(for descriptor: Int32, milliseconds: Int32) -> Bool {
        host_wait_readable(descriptor, milliseconds) > 0
    }
}
