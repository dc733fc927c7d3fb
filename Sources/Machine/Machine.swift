import Guest
import Host
import KVM
import RISCV
import Target

/// A VM with RAM at 0x8000_0000 and one vCPU, hart 0, and what stands around it: the SBI's console and power switch.
public final class Machine {
    /// The KVM that runs it.
    public let system: KVMSystem
    let ram: GuestRAM
    let memoryMap: MemoryMap<VirtualMachine>
    let vcpu: VirtualCPU
    let sbi: SBI

    /// The last exit's instruction is finished only by the next `KVM_RUN`.
    var isCompletionPending = false
    /// Why the guest cannot run any more.
    var endReason: String?
    /// What the vCPU was told last.
    var guestDebug = false
    /// What it reads where nothing answers.
    public var answers = GuestAnswers()
    /// Why the guest exited so far.
    var exitCounts = ExitCounts()
    /// What the guest exited for last.
    var exitRing = ExitRing()
    /// Who is told of exits, and of which.
    var observer: (any ExitObserver)?
    var observed: ExitKinds = []
    /// When the machine was made, by the monotonic clock.
    let made = MonotonicClock.nanoseconds
    /// The pages that watchpoints lie in.
    var watched = WatchedPages()
    /// The watched page that the guest stored to last.
    var passedStores: PassedStores?
    /// Memory was written since the last run: the harts may still hold older instructions.
    var codeMayBeStale = false

    /// A machine with `memory` bytes of RAM, a multiple of 4096, whose guest prints to `console`, by the SBI's debug console where
    /// the kernel has that. Throws `.kvm`,
    /// `.memorySize` and `.memoryMapping`; where KVM does not run RISC-V guests `.kvm(.foreignGuests)`.
    public init(
        _ system: KVMSystem, memory: UInt64, console: any Console
    ) throws(MachineError) {
        let virtualMachine = try kvm { () throws(KVMError) in try VirtualMachine(system) }
        let ram = try GuestRAM(byteCount: memory)
        let bits = try kvm { () throws(KVMError) in try virtualMachine.check(.gpaBits) }
        // KVM keeps the last page of the guest-physical space for itself.
        if bits > 32, bits < 64, ram.region.end.value >= 1 << UInt64(bits) {
            let end = UInt64(1) << UInt64(bits)
            throw .memorySize(memory, largest: end - GuestRAM.start.value - GuestRAM.pageSize)
        }
        let memoryMap = MemoryMap(virtualMachine: virtualMachine, ram: ram)
        vcpu = try kvm { () throws(KVMError) in
            do throws(SlotRefusal) { try memoryMap.lay(MemoryPiece.pieces(of: ram.region, pages: [])) } catch {
                throw error.error
            }
            return try virtualMachine.makeVirtualCPU(0)
        }
        self.system = system
        self.ram = ram
        self.memoryMap = memoryMap
        sbi = SBI(ram: ram, console: console)
        // DBCN is younger (Linux 6.7) than KVM on RISC-V: a guest does without if it must.
        try? vcpu.setWord(.debugConsole, 1)
    }

    /// Puts the program into RAM, which is still zero, and the vCPU into the state in which firmware starts a kernel:
    /// S-mode, paging off, pc at the entry, a0 = hart id 0, a1 = 0 (no device tree). Throws `.kvm` and `.outsideRAM`.
    ///
    /// A new vCPU is in S-mode with satp 0 and all else 0 already (`Documentation/riscv/boot.rst`; SBI specification,
    /// section "Hart State Management").
    public func load(_ plan: LoadPlan) throws(MachineError) {
        for segment in plan.segments {
            let result = segment.fileBytes.withUnsafeBytes { bytes in
                Result { () throws(MachineError) in try ram.write(bytes, at: segment.physical) }
            }
            try result.get()
        }
        codeMayBeStale = true
        try kvm { () throws(KVMError) in
            try vcpu.setMultiprocessingState(.runnable)
            for (register, value) in [
                (RegisterID.pc, plan.entry.value), (.a0, UInt64(vcpu.id)), (.a1, 0),
            ] {
                try vcpu.setWord(register, value)
            }
        }
    }
}

/// The value of `body`; a `KVMError` becomes a `MachineError`.
func kvm<T>(_ body: () throws(KVMError) -> T) throws(MachineError) -> T {
    do throws(KVMError) { return try body() } catch { throw .kvm(error) }
}

extension VirtualCPU {
    /// A register of eight bytes.
    func word(_ id: RegisterID) throws(KVMError) -> UInt64 {
        var bytes: UInt64 = 0
        let result = withUnsafeMutableBytes(of: &bytes) { buffer in
            Result { () throws(KVMError) in try readRegister(id, into: buffer) }
        }
        try result.get()
        return UInt64(littleEndian: bytes)
    }

    /// Sets a register of eight bytes.
    func setWord(_ id: RegisterID, _ value: UInt64) throws(KVMError) {
        let result = withUnsafeBytes(of: value.littleEndian) { bytes in
            Result { () throws(KVMError) in try writeRegister(id, from: bytes) }
        }
        try result.get()
    }
}
