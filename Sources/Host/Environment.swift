import CHost

/// What the process was started with.
public enum Environment {
    /// The variable `name`; nil when it is not set.
    public static func value(_ name: String) -> String? {
        guard let value = host_environment(name) else { return nil }
        return String(cString: value)
    }

    /// The folder of the XDG base directory specification that `variable` names, else `fallback` below the home folder,
    /// with `kvmdbg` behind it; nil when neither is known. The specification has relative values ignored.
    public static func userFolder(_ variable: String, fallback: String) -> String? {
        if let folder = value(variable), Path.isAbsolute(folder) { return Path.join(folder, "kvmdbg") }
        guard let home = value("HOME"), Path.isAbsolute(home) else { return nil }
        return Path.join(Path.join(home, fallback), "kvmdbg")
    }
}
