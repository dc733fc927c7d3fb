import CKVM

/// A file descriptor that is closed with its last owner.
final class FileDescriptor {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { _ = ckvm_close(number) }
}
