import Guest
import RISCV
import Target

/// A target that executes a handful of RV64IC instructions from its own memory, so that a planted `ebreak` is hit because
/// it is there. It records what it is asked for; a script can play events instead of executing, and interrupts can be
/// made to come at an address.
final class TinyHart: Target {
    static let base: UInt64 = 0x8000_0000

    private let shared: TinyRAM
    var ram: [UInt8] {
        get { shared.bytes }
        _modify { yield &shared.bytes }
    }
    /// Every register that the vCPU has, by id; but for those of more than 64 bits.
    var registers: [RegisterID: UInt64] = [:]
    /// The bytes of the registers with more than 64 bits, v0 to v31.
    var wideRegisters: [RegisterID: [UInt8]] = [:]
    /// What a register holds after it was set to a value; it may refuse that.
    var onWrite: (RegisterID, UInt64) throws(TargetError) -> UInt64 = { $1 }
    /// Registers that cannot be read, though they are there.
    var unreadable: Set<RegisterID> = []
    /// What the engine asked for, in order: "get pc", "set a0", "read 0x80000000 2", "write …", "guestdbg on", "run".
    var calls: [String] = []
    /// The guest-virtual addresses of the instructions that were executed, in order.
    var executed: [UInt64] = []
    /// What the next calls of `run` do before anything is executed.
    private var script: [(change: (TinyHart) -> Void, result: Result<TargetEvent?, TargetError>)] = []
    /// Interrupt codes that are taken, once, before the instruction at an address.
    var interrupts: [UInt64: UInt64] = [:]
    /// The bits of sip: interrupts that stay pending and are taken whenever sie and the mode let them be.
    var pending: UInt64 {
        get { registers[.sip] ?? 0 }
        set { registers[.sip] = newValue }
    }
    /// Where the LR that is to be matched was; nil when there is no reservation.
    var reservation: UInt64?
    /// The event that ends a run, once, before the instruction at an address.
    var eventsAt: [UInt64: TargetEvent] = [:]
    var guestDebug = false
    var answers = GuestAnswers()
    var multiprocessingState: UInt32 = 0
    /// What is watched, and whether its pages are open.
    var watches = HartWatches()
    /// How many ranges can be watched at most.
    var watchLimit = Int.max
    /// How many milliseconds the run may take, which runs at its limit when it does not come to an end.
    private(set) var limit: UInt64?
    /// How many nanoseconds all runs may take; nil for any number.
    private(set) var deadline: UInt64?
    /// How many runs it takes until a deadline is over.
    var runsToDeadline = Int.max
    /// What happens each time that memory is shown in place.
    var onLook: () -> Void = {}
    /// What the hart tells of itself.
    lazy var slots = [SlotStatus(number: 0, region: memory[0], residentByteCount: 8192)]
    var pendingExit: String?
    /// The device tree that it was given; as a rule, the first four bytes of one.
    var blob: [UInt8]? = [0xD0, 0x0D, 0xFE, 0xED]
    var statisticGroups: [StatisticGroup] = []
    var statisticsRefusal: TargetError?
    var counts = RunCounts()
    var observed: ExitKinds = []
    /// What it exited for, oldest first.
    var exits: [ExitRecord] = []
    var observer: (any ExitObserver)?

    private let table = RegisterTable()

    /// A hart with `byteCount` bytes of RAM at `base`, pc there, with or without the C extension.
    convenience init(byteCount: Int = 1 << 16, compressed: Bool = true) {
        self.init(ram: TinyRAM(byteCount: byteCount), compressed: compressed)
    }

    /// One of several harts with the RAM `ram`.
    init(ram: TinyRAM, compressed: Bool = true) {
        shared = ram
        for register in table.registers where [.core, .csr, .timer, .fp, .vector].contains(register.group) {
            // Of the two views of the floating-point registers the one that everybody uses.
            guard let id = register.id, register.group != .fp || register.dwarfNumber != nil else { continue }
            if id.byteCount <= 8 {
                registers[id] = 0
            } else {
                wideRegisters[id] = [UInt8](repeating: 0, count: id.byteCount)
            }
        }
        registers[.vlenb] = 16
        registers[.isa] = compressed ? 0x14112D : 0x141129
        registers[.mode] = PrivilegeMode.supervisor.rawValue
        registers[.pc] = TinyHart.base
    }

    var pc: UInt64 {
        get { registers[.pc] ?? 0 }
        set { registers[.pc] = newValue }
    }

    /// x`number`; x0 is zero.
    func x(_ number: UInt32) -> UInt64 { RegisterID.x(UInt8(number)).flatMap { registers[$0] } ?? 0 }

    func setX(_ number: UInt32, _ value: UInt64) {
        if let id = RegisterID.x(UInt8(number)) { registers[id] = value }
    }

    /// Puts `pieces` one behind the other into memory from the guest-physical `address` on.
    func place(_ pieces: [[UInt8]], at address: UInt64 = TinyHart.base) {
        var offset = Int(address - TinyHart.base)
        for byte in pieces.joined() {
            ram[offset] = byte
            offset += 1
        }
    }

    /// The bytes really in memory, planted ones included.
    func raw(_ address: UInt64, _ count: Int) -> [UInt8] {
        let offset = Int(address - TinyHart.base)
        return Array(ram[offset..<offset + count])
    }

    /// What was asked for since the last call.
    func takeCalls() -> [String] {
        defer { calls = [] }
        return calls
    }

    /// The next run begins with `change`; without an `event` that ends it at once, it then executes instructions.
    func onRun(_ event: TargetEvent? = nil, _ change: @escaping (TinyHart) -> Void = { _ in }) {
        script.append((change, .success(event)))
    }

    /// The next run fails.
    func onRun(failWith error: TargetError) { script.append(({ _ in }, .failure(error))) }

    // MARK: Target

    var memory: [MemoryRegion] {
        [MemoryRegion(start: GuestPhysicalAddress(TinyHart.base), byteCount: UInt64(ram.count))]
    }

    func readMemory(
        at address: GuestPhysicalAddress, into buffer: UnsafeMutableRawBufferPointer
    ) throws(TargetError) {
        calls.append("read \(address.description) \(buffer.count)")
        let start = try offset(address, buffer.count)
        for index in 0..<buffer.count { buffer[index] = ram[start + index] }
    }

    func withMemory(
        at address: GuestPhysicalAddress, count: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(TargetError) {
        calls.append("look \(address.description) \(count)")
        onLook()
        let start = try offset(address, count)
        ram.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
    }

    func writeMemory(_ bytes: UnsafeRawBufferPointer, at address: GuestPhysicalAddress) throws(TargetError) {
        calls.append("write \(address.description) \(bytes.count)")
        let start = try offset(address, bytes.count)
        for index in 0..<bytes.count { ram[start + index] = bytes[index] }
    }

    func registerList() throws(TargetError) -> [RegisterID] {
        calls.append("list")
        return (Array(registers.keys) + wideRegisters.keys).sorted()
    }

    func readRegister(_ id: RegisterID, into buffer: UnsafeMutableRawBufferPointer) throws(TargetError) {
        calls.append("get " + table.register(for: id).name)
        if unreadable.contains(id) { throw .register("It is not to be read.") }
        if let bytes = wideRegisters[id] { return buffer.copyBytes(from: bytes) }
        guard let value = registers[id] else { throw .register("This vCPU has no register \(id.description).") }
        for index in 0..<buffer.count {
            buffer[index] = index < 8 ? UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) : 0
        }
    }

    func writeRegister(_ id: RegisterID, from bytes: UnsafeRawBufferPointer) throws(TargetError) {
        calls.append("set " + table.register(for: id).name)
        if wideRegisters[id] != nil {
            wideRegisters[id] = Array(bytes)
            return
        }
        guard registers[id] != nil else { throw .register("This vCPU has no register \(id.description).") }
        registers[id] = try onWrite(id, bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }

    func setGuestDebug(_ enabled: Bool) throws(TargetError) {
        calls.append("guestdbg \(enabled ? "on" : "off")")
        guestDebug = enabled
    }

    func setMultiprocessingState(_ state: UInt32) throws(TargetError) {
        guard state == 0 || state == 5 else { throw .host("There is no state \(state).") }
        multiprocessingState = state
    }

    func setDeadline(_ nanoseconds: UInt64?) throws(TargetError) {
        calls.append(nanoseconds.map { "deadline \($0)" } ?? "deadline off")
        deadline = nanoseconds
    }

    var vcpuCount: Int { 1 }
    /// What was typed at its console.
    private(set) var typed: [UInt8] = []
    var keyboard: (any Keyboard)?

    func type(_ bytes: [UInt8]) { typed += bytes }

    /// What the next semihosting calls come to, in order; each is a result of 0 behind them.
    var semihosted: [SemihostingOutcome] = []

    func semihost(
        operation: UInt32, parameter: UInt64, at pc: GuestVirtualAddress
    ) throws(TargetError) -> SemihostingOutcome {
        calls.append("semihost \(operation) \(parameter) \(pc.description)")
        return semihosted.isEmpty ? SemihostingOutcome(result: 0) : semihosted.removeFirst()
    }

    var selectedVCPU = 0
    var trapJudge: (any TrapJudge)?

    func run(limit: UInt64?, alone: Bool) throws(TargetError) -> TargetEvent {
        calls.append("run")
        if deadline != nil {
            if runsToDeadline <= 0 { return .deadline }
            runsToDeadline -= 1
        }
        if !script.isEmpty {
            let step = script.removeFirst()
            step.change(self)
            switch step.result {
            case .success(let event?): return event
            case .success(nil): break
            case .failure(let error): throw error
            }
        }
        // A vCPU that was left has no reservation.
        reservation = nil
        self.limit = limit
        for _ in 0..<10_000 {
            if let event = step() { return event }
        }
        if limit != nil { return .timeLimit }
        return .unhandled("The guest executed 10000 instructions and did not come to an end.")
    }

    func offset(_ address: GuestPhysicalAddress, _ count: Int) throws(TargetError) -> Int {
        guard memory[0].contains(address, count: UInt64(count)) else {
            throw .memory("\(count) bytes at \(address.description) are not in the guest's RAM.")
        }
        return Int(address.value - TinyHart.base)
    }
}

/// The memory of one hart, or of several.
final class TinyRAM {
    var bytes: [UInt8]

    init(byteCount: Int) { bytes = [UInt8](repeating: 0, count: byteCount) }
}
