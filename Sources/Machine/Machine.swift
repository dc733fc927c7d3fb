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
    var bus = DeviceBus()
    let uart: UART

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
        uart = UART(console: console)
        // DBCN is younger (Linux 6.7) than KVM on RISC-V: a guest does without if it must.
        try? vcpu.setWord(.debugConsole, 1)
        let plic = PLIC(hartCount: 1) { [vcpu] (_, isRaised) in
            // The kernel refuses it for no vCPU that there is.
            try? vcpu.setExternalInterrupt(isRaised)
        }
        uart.interruptChanged = { [plic] in plic.setLine(UART.interrupt, $0) }
        bus.devices = [uart, plic, Finisher()]
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
