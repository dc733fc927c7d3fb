import CKVM
import Guest

/// The page that a vCPU shares with the kernel (`struct kvm_run`): why it exited, and what the exit waits for.
///
/// Reads and writes memory that belongs to the vCPU; not to be kept longer.
public struct RunPage {
    let buffer: UnsafeMutableRawBufferPointer

    /// The run page at `buffer`; nil when that is too short for one.
    init?(_ buffer: UnsafeMutableRawBufferPointer) {
        guard buffer.count >= Int(ckvm_run_size) else { return nil }
        self.buffer = buffer
    }

    /// 1 has the next `KVM_RUN` complete a pending exit and come back with `.interrupted` before the guest runs.
    /// Available with `KVM_CAP_IMMEDIATE_EXIT`.
    public var immediateExit: UInt8 {
        get { load(ckvm_immediate_exit) }
        nonmutating set { store(newValue, ckvm_immediate_exit) }
    }

    /// Where `immediateExit` lies, for a signal handler to store 1 in.
    public var immediateExitFlag: UnsafeMutablePointer<UInt8>? {
        // SAFETY: `init` checked that the field lies in the buffer; a byte has no alignment.
        buffer.baseAddress?.advanced(by: Int(ckvm_immediate_exit)).assumingMemoryBound(to: UInt8.self)
    }

    /// What the guest's load gets when the exit `.mmio` is completed, little-endian.
    public func setMMIOData(_ value: UInt64) { store(value.littleEndian, ckvm_mmio_data) }

    /// What the guest finds in a0 and a1 when the exit `.riscvSBI` is completed.
    public func setSBIResult(a0: UInt64, a1: UInt64) {
        store(a0, ckvm_sbi_results)
        store(a1, ckvm_sbi_results + 8)
    }

    /// What the guest finds in a0 and a1 as it was set last.
    public var sbiResult: (a0: UInt64, a1: UInt64) { (load(ckvm_sbi_results), load(ckvm_sbi_results + 8)) }

    /// What a load of `byteCount` bytes, 1 to 8, gets as it was set last.
    public func mmioData(byteCount: Int) -> UInt64 {
        let data: UInt64 = load(ckvm_mmio_data)
        let mask = byteCount >= 8 ? UInt64.max : (1 << UInt64(8 * byteCount)) &- 1
        return UInt64(littleEndian: data) & mask
    }

    /// What the guest reads when the exit `.riscvCSR` is completed.
    public func setCSRResult(_ value: UInt64) { store(value, ckvm_csr_result) }

    func load<T: BitwiseCopyable>(_ offset: Int) -> T {
        // SAFETY: the offsets are those of `struct kvm_run`, which `init` checked to fit; loadUnaligned checks again.
        buffer.loadUnaligned(fromByteOffset: offset, as: T.self)
    }

    func load(words count: Int, _ offset: Int) -> [UInt64] {
        (0..<count).map { load(offset + 8 * $0) }
    }

    private func store<T: BitwiseCopyable>(_ value: T, _ offset: Int) {
        // SAFETY: as in `load`.
        buffer.storeBytes(of: value, toByteOffset: offset, as: T.self)
    }

    /// How many bytes of an exit's own part are enough to make sense of it and of its answer: those of the
    /// longest list.
    public static let payloadByteCount = 136

    /// Copies the last exit's own part. `bytes` has `payloadByteCount`.
    public func copyPayload(into bytes: UnsafeMutableRawBufferPointer) {
        let start = Int(ckvm_payload)
        // It lies in the buffer: `init` checked the size of the whole.
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<start + Self.payloadByteCount]))
    }

    /// Calls `body` with a page that has this reason and this payload, and else nothing.
    public static func withCopy(reason: UInt32, payload: UnsafeRawBufferPointer, _ body: (RunPage) -> Void) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(ckvm_run_size), alignment: 16)
        defer { copy.deallocate() }
        // SAFETY: the bytes were allocated here, as many as there are.
        copy.initializeMemory(as: UInt8.self, repeating: 0)
        guard let page = RunPage(copy) else { return }
        page.store(reason, Int(ckvm_exit_reason))
        for (offset, byte) in payload.prefix(payloadByteCount).enumerated() {
            page.store(byte, Int(ckvm_payload) + offset)
        }
        body(page)
    }
}
