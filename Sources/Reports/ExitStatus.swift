/// What the process tells its caller: kselftest's numbers (`tools/testing/selftests/kselftest.h`), the timeout of
/// `timeout(1)`, the shell's number for SIGINT.
public struct ExitStatus: Equatable, Sendable {
    /// The number, 0 to 255.
    public var code: Int32

    /// The status `code`, of which the operating system keeps the low eight bits.
    public init(_ code: Int32) { self.code = code & 0xFF }

    /// All that was asked for was done and every expectation held.
    public static let passed = ExitStatus(0)
    /// A command failed or an expectation did not hold.
    public static let failed = ExitStatus(1)
    /// A wrong option, or a script that cannot be parsed; nothing was run.
    public static let usage = ExitStatus(2)
    /// There is no RISC-V KVM here, or a `require` is not met.
    public static let skipped = ExitStatus(4)
    /// A time limit was over.
    public static let timedOut = ExitStatus(124)
    /// SIGINT ended a script.
    public static let interrupted = ExitStatus(130)
}
