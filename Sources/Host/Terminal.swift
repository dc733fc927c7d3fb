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

    /// The byte that was typed first of those that were not yet read; nil when the terminal is gone. What is behind it stays with the
    /// terminal, for whoever reads it next.
    public static func readKey() -> UInt8? {
        var key: UInt8 = 0
        return host_read(0, &key, 1) == 1 ? key : nil
    }
}
