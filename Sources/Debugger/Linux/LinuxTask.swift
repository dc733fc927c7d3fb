import Guest

/// A task of a Linux guest, as its `task_struct` has it.
public struct LinuxTask: Equatable, Sendable {
    /// Where its `task_struct` is (GVA).
    public var address: GuestVirtualAddress
    /// The number of the thread, `pid`.
    public var thread: UInt64
    /// The number of the process, `tgid`.
    public var process: UInt64
    /// Its name, `comm`, of at most 15 bytes.
    public var name: String
    /// The kernel's `__state`: 0 is running or ready to.
    public var state: UInt64

    /// "R" for one that runs or is ready to, "S" for one that waits and can be woken by a signal, "D" for one that cannot, "I" for an
    /// idle thread of the kernel's, "T" and "t" for stopped ones, as ps(1) shows them (`include/linux/sched.h`); "?" for others.
    public var stateLetter: String {
        if state == 0 { return "R" }
        if state & 0x402 == 0x402 { return "I" }
        for (bit, letter): (UInt64, String) in [
            (1, "S"), (2, "D"), (4, "T"), (8, "t"), (0x10, "X"), (0x20, "Z"), (0x40, "P"),
        ]
        where state & bit != 0 {
            return letter
        }
        return "?"
    }
}
