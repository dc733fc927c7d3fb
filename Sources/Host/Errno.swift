import CHost

/// A number that a system call failed with (`errno.h`).
public struct Errno: Equatable, Sendable, CustomStringConvertible {
    /// The number, positive.
    public var number: Int32

    /// The error with the number `number`.
    public init(_ number: Int32) { self.number = number }

    /// The error in `result`, the return value of a C shim; nil when it is not negative.
    public init?<T: BinaryInteger>(result: T) {
        guard result < 0, let number = Int32(exactly: 0 &- Int64(truncatingIfNeeded: result)) else { return nil }
        self.number = number
    }

    /// The symbolic name, "ENOENT"; "errno 4095" for a number without one.
    public var name: String {
        guard let name = host_errno_name(number) else { return "errno \(number)" }
        return String(cString: name)
    }

    /// The C library's sentence, "No such file or directory".
    public var text: String { String(cString: host_errno_text(number)) }

    /// Sentence and name: "No such file or directory (ENOENT)".
    public var description: String { "\(text) (\(name))" }

    /// No such file or directory.
    public static let noEntry = Errno(ENOENT)
    /// Interrupted system call.
    public static let interrupted = Errno(EINTR)
    /// A bad file descriptor.
    public static let badFile = Errno(EBADF)
    /// A bad address.
    public static let badAddress = Errno(EFAULT)
    /// Invalid argument.
    public static let invalid = Errno(EINVAL)
    /// Too many open files.
    public static let tooManyFiles = Errno(EMFILE)
    /// Illegal seek: there is no place in a terminal to go to.
    public static let notSeekable = Errno(ESPIPE)
    /// File name too long.
    public static let nameTooLong = Errno(ENAMETOOLONG)
    /// Argument list too long.
    public static let tooLong = Errno(E2BIG)
    /// Function not implemented.
    public static let noFunction = Errno(ENOSYS)
    /// Permission denied.
    public static let permissionDenied = Errno(EACCES)
}
