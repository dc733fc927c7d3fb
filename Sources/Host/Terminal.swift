import CHost

/// The terminal of standard input, key by key.
public enum Terminal {
    /// Whether there is one.
    public static var isThere: Bool { host_is_terminal(0) != 0 }

    /// Has each key come as it is typed, not shown and with no meaning of its own, as Ctrl-C has else, until `restore`. Why it does
    /// not; nil when it does.
    public static func makeRaw() -> Errno? { Errno(result: host_terminal_make_raw(0)) }

    /// Has the terminal be as it was.
    public static func restore() { host_terminal_restore() }

    /// The keys that were typed and not yet read, a few at a time; empty when the terminal is gone.
    public static func readKeys() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            // SAFETY: the buffer has as many bytes as are asked for.
            guard let base = buffer.baseAddress else { return }
            let result = host_read(0, base, buffer.count)
            count = max(0, result)
        }
    }
}
