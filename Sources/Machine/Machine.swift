import Guest
import Host
import KVM
import RISCV
import Target

/// A VM with RAM at 0x8000_0000 and one vCPU or more, and what stands around them: the SBI's console and power switch, devices.
public final class Machine {
    /// The KVM that runs it.
    public let system: KVMSystem
    let ram: GuestRAM
    let memoryMap: MemoryMap<VirtualMachine>
    /// The vCPUs, by their hart ids.
    let harts: [Hart]
    /// The number of the vCPU whose registers are read and set.
    public var selectedVCPU = 0 {
        didSet {
            hart = harts[selectedVCPU]
            vcpu = hart.vcpu
        }
    }
    private(set) var hart: Hart
    private(set) var vcpu: VirtualCPU
    /// The threads in which the vCPUs run; nil until they are needed.
    var threads: VCPUThreads?
    /// What further vCPUs have to tell that were stopped by another's event.
    var pendingEvents: [(vcpu: Int, event: TargetEvent)] = []
    /// What was typed at the console.
    let input = ConsoleInput()
    /// Who is asked whether a trap stops the guest.
    public var trapJudge: (any TrapJudge)?
    /// Whose keys the guest gets while it runs.
    public var keyboard: (any Keyboard)?
    let sbi: SBI
    var bus = DeviceBus()
    let semihosting: Semihosting

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
    /// The device tree blob that was put into RAM; nil for none.
    public internal(set) var deviceTree: [UInt8]?
    /// Memory was written since the last run: the harts may still hold older instructions.
    var codeMayBeStale = false

    /// A machine with `memory` bytes of RAM, a multiple of 4096, and `vcpuCount` vCPUs, whose guest prints to `console`, by the SBI's debug console where
    /// the kernel has that. Throws `.kvm`,
    /// `.memorySize`, `.vcpuCount` and `.memoryMapping`; where KVM does not run RISC-V guests `.kvm(.foreignGuests)`.
    public init(
        _ system: KVMSystem, memory: UInt64, vcpuCount: Int = 1, console: any Console
    ) throws(MachineError) {
        // One vCPU every host gives.
        if vcpuCount != 1 {
            let limit = try kvm { () throws(KVMError) in Int(try system.check(.maximumVCPUs)) }
            try Self.check(vcpuCount: vcpuCount, limit: max(1, limit))
        }
        let virtualMachine = try kvm { () throws(KVMError) in try VirtualMachine(system) }
        let ram = try GuestRAM(byteCount: memory)
        let bits = try kvm { () throws(KVMError) in try virtualMachine.check(.gpaBits) }
        // KVM keeps the last page of the guest-physical space for itself.
        if bits > 32, bits < 64, ram.region.end.value >= 1 << UInt64(bits) {
            let end = UInt64(1) << UInt64(bits)
            throw .memorySize(memory, largest: end - GuestRAM.start.value - GuestRAM.pageSize)
        }
        let memoryMap = MemoryMap(virtualMachine: virtualMachine, ram: ram)
        let harts = try kvm { () throws(KVMError) in
            do throws(SlotRefusal) { try memoryMap.lay(MemoryPiece.pieces(of: ram.region, pages: [])) } catch {
                throw error.error
            }
            var harts: [Hart] = []
            for id in 0..<UInt32(vcpuCount) { harts.append(Hart(try virtualMachine.makeVirtualCPU(id))) }
            return harts
        }
        self.harts = harts
        hart = harts[0]
        vcpu = hart.vcpu
        self.system = system
        self.ram = ram
        self.memoryMap = memoryMap
        sbi = SBI(ram: ram, console: console, input: input)
        semihosting = Semihosting(console: console, input: input)
        // DBCN is younger (Linux 6.7) than KVM on RISC-V: a guest does without if it must.
        for hart in harts { try? hart.vcpu.setWord(.debugConsole, 1) }
        let uart = UART(console: console, input: input)
        let plic = PLIC(hartCount: vcpuCount) { (hart, isRaised) in
            // The kernel refuses it for no vCPU that there is.
            try? harts[hart].vcpu.setExternalInterrupt(isRaised)
        }
        input.changed = { uart.inputChanged() }
        uart.interruptChanged = { plic.setLine(UART.interrupt, $0) }
        bus.devices = [uart, plic, Finisher()]
    }
}

extension Machine {
    /// Whether a guest can have `vcpuCount` vCPUs on a host that gives it `limit` at most. Throws `.vcpuCount`.
    public static func check(vcpuCount: Int, limit: Int = largestVCPUCount) throws(MachineError) {
        let largest = min(limit, largestVCPUCount)
        if vcpuCount < 1 || vcpuCount > largest { throw .vcpuCount(vcpuCount, largest: largest) }
    }

    /// The PLIC has contexts for no more.
    public static var largestVCPUCount: Int { 512 }
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
