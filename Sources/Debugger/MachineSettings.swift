import Images

/// What the next guest's machine is, besides the program.
public struct MachineSettings: Sendable {
    /// The RAM in bytes.
    public var memorySize: UInt64 = 128 << 20
    /// How many vCPUs there are.
    public var vcpuCount = 1
    /// The first file system of a kernel; nil for none.
    public var initrd: BootFile?
    /// The kernel's command line; nil where nothing was said about it.
    public var commandLine: String?
    /// The device tree instead of the one that describes the machine; nil for that.
    public var deviceTree: BootFile?
    /// The folder whose files the guest can use by semihosting; nil for none.
    public var semihostingFolder: String?

    /// A machine of 128 MiB and one vCPU.
    public init() {}
}
