import CKVM
import Host

extension VirtualMachine {
    /// What KVM counts of the VM.
    ///
    /// The corresponding ioctl is `KVM_GET_STATS_FD`. Available with `KVM_CAP_BINARY_STATS_FD` (Linux 5.14). Throws `.ioctl`
    /// and `.statistics`.
    public func statistics() throws(KVMError) -> Statistics {
        try Statistics(FileDescriptor(system.counts.checked(.getStatsFD, ckvm_get_stats_fd(file.number))))
    }
}

extension VirtualCPU {
    /// What KVM counts of the vCPU.
    ///
    /// The corresponding ioctl is `KVM_GET_STATS_FD`. Available with `KVM_CAP_BINARY_STATS_FD` (Linux 5.14). Throws `.ioctl`
    /// and `.statistics`.
    public func statistics() throws(KVMError) -> Statistics {
        try Statistics(FileDescriptor(counts.checked(.getStatsFD, ckvm_get_stats_fd(file.number))))
    }
}

extension Statistics {
    /// Reads the file up to its end.
    fileprivate init(_ file: FileDescriptor) throws(KVMError) {
        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 8)
        defer { chunk.deallocate() }
        while bytes.count <= Self.largestFile, let base = chunk.baseAddress {
            // SAFETY: `chunk` is `chunk.count` bytes long and lives until the function returns.
            let count = ckvm_read_at(file.number, base, chunk.count, UInt64(bytes.count))
            if let errno = Errno(result: count) {
                if errno == .interrupted { continue }
                throw .ioctl("read of KVM_GET_STATS_FD's file", errno)
            }
            if count == 0 { break }
            bytes += chunk[..<Int(count)]
        }
        do throws(StatisticsError) { try self.init(parsing: bytes) } catch { throw .statistics(error) }
    }
}
