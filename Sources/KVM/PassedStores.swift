import CKVM
import Guest
import Host

/// A page in a read-only slot, to which stores are done without a word, but for those that touch the bytes from `watchedStart`
/// up to `watchedEnd`.
public struct PassedStores {
    /// The page's first byte.
    public var page: GuestPhysicalAddress
    /// Where the guest's RAM is, which its page tables map.
    public var ramStart: GuestPhysicalAddress
    /// The size of the RAM in bytes.
    public var ramByteCount: UInt64
    /// The host memory behind it, as long as a page.
    public var host: UnsafeMutableRawPointer
    /// The first watched byte.
    public var watchedStart: GuestPhysicalAddress
    /// The first byte behind the watched ones.
    public var watchedEnd: GuestPhysicalAddress

    /// Stores to the page at `page`, backed by `host`.
    public init(
        page: GuestPhysicalAddress, ramStart: GuestPhysicalAddress, ramByteCount: UInt64, host: UnsafeMutableRawPointer,
        watchedStart: GuestPhysicalAddress, watchedEnd: GuestPhysicalAddress
    ) {
        self.page = page
        self.ramStart = ramStart
        self.ramByteCount = ramByteCount
        self.host = host
        self.watchedStart = watchedStart
        self.watchedEnd = watchedEnd
    }
}

extension VirtualCPU {
    /// As `run`, but goes on past `.mmio` exits for stores to a page that touch no watched byte of it; each is done in the host's
    /// memory. A store at the page's first byte, and one over what may be a page-table entry that the hart changes, comes back:
    /// KVM may tell such a one wrongly.
    ///
    /// In C, because here every page of code counts: the emulated hosts on which the benchmarks run forget all translations
    /// at each exit. The corresponding ioctl is `KVM_RUN`. Throws `.run`.
    public func run(past stores: PassedStores) throws(KVMError) -> Exit {
        var page = ckvm_store_page(
            start: stores.page.value, watched_start: stores.watchedStart.value, watched_end: stores.watchedEnd.value,
            ram_start: stores.ramStart.value, ram_size: stores.ramByteCount,
            host: stores.host.assumingMemoryBound(to: UInt8.self))
        var count: UInt64 = 0
        guard let run = self.page.buffer.baseAddress else { return try self.run() }
        // SAFETY: the run page is mapped as long as the vCPU, the host memory as long as the slot.
        let result = ckvm_run_past_stores(file.number, run, &page, &count)
        passedStores &+= count
        counts.count(.run, times: count)
        switch Errno(result: counts.counted(.run, result)) {
        case nil: return self.page.exit
        case Errno(EINTR), Errno(EAGAIN): return .interrupted
        case let errno?: throw .run(errno)
        }
    }
}
