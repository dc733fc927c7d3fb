import CHost

/// The host's kernel, as `uname(2)` tells it.
public struct Kernel: Sendable {
    /// "Linux".
    public var system: String
    /// The release, "6.12.90+deb13-riscv64".
    public var release: String
    /// The architecture, "riscv64" or "x86_64".
    public var machine: String
    /// The host's name.
    public var node: String

    /// The kernel that runs now.
    public static var current: Kernel {
        var system: UnsafePointer<CChar>?
        var release: UnsafePointer<CChar>?
        var machine: UnsafePointer<CChar>?
        var node: UnsafePointer<CChar>?
        guard host_uname(&system, &release, &machine, &node) == 0, let system, let release, let machine, let node else {
            return Kernel(system: "unknown", release: "unknown", machine: "unknown", node: "unknown")
        }
        return Kernel(
            system: String(cString: system), release: String(cString: release), machine: String(cString: machine),
            node: String(cString: node))
    }
}
