import Guest
import Target

/// A target of several vCPUs: `TinyHart`s with one RAM, of which a random one executes next. A trap stops all, but some of them
/// only a little later, when they may have come to something themselves.
final class TinyCrew: Target {
    let harts: [TinyHart]
    /// How many traps were let pass while the others ran on.
    private(set) var passedCount = 0
    /// How many events came while the guest was being stopped for another one.
    private(set) var queuedCount = 0
    /// How many instructions a hart executes at most while the guest is being stopped.
    var latency = 6
    var selectedVCPU = 0
    var trapJudge: (any TrapJudge)?
    private var random: Seeded
    private var pending: [(vcpu: Int, event: TargetEvent)] = []

    init(count: Int, seed: UInt64) {
        random = Seeded(state: seed)
        let ram = TinyRAM(byteCount: 1 << 16)
        harts = (0..<count).map { _ in TinyHart(ram: ram) }
    }

    private var hart: TinyHart { harts[selectedVCPU] }

    var vcpuCount: Int { harts.count }

    func run(limit: UInt64?, alone: Bool) throws(TargetError) -> TargetEvent {
        if alone { return try hart.run(limit: limit, alone: true) }
        if !pending.isEmpty {
            let first = pending.removeFirst()
            selectedVCPU = first.vcpu
            return first.event
        }
        for hart in harts { hart.reservation = nil }
        for _ in 0..<1_000_000 {
            let number = Int.random(in: harts.indices, using: &random)
            guard let event = harts[number].step() else { continue }
            selectedVCPU = number
            if event == .trap, trapJudge?.letsPass() == true {
                passedCount += 1
                continue
            }
            stop(allBut: number)
            selectedVCPU = number
            return event
        }
        return .unhandled("The guest did not come to an end.")
    }

    private func stop(allBut first: Int) {
        for number in harts.indices.shuffled(using: &random) where number != first {
            for _ in 0..<Int.random(in: 0...latency, using: &random) {
                guard let event = harts[number].step() else { continue }
                pending.append((number, event))
                queuedCount += 1
                break
            }
        }
    }

    // What is not about running is that of the selected hart, or of any.

    var memory: [MemoryRegion] { hart.memory }
    var answers: GuestAnswers {
        get { hart.answers }
        set { for hart in harts { hart.answers = newValue } }
    }
    var keyboard: (any Keyboard)?

    func readMemory(
        at address: GuestPhysicalAddress, into buffer: UnsafeMutableRawBufferPointer
    ) throws(TargetError) { try hart.readMemory(at: address, into: buffer) }

    func withMemory(
        at address: GuestPhysicalAddress, count: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(TargetError) { try hart.withMemory(at: address, count: count, body) }

    func writeMemory(_ bytes: UnsafeRawBufferPointer, at address: GuestPhysicalAddress) throws(TargetError) {
        try hart.writeMemory(bytes, at: address)
    }

    func registerList() throws(TargetError) -> [RegisterID] { try hart.registerList() }

    func readRegister(_ id: RegisterID, into buffer: UnsafeMutableRawBufferPointer) throws(TargetError) {
        try hart.readRegister(id, into: buffer)
    }

    func writeRegister(_ id: RegisterID, from bytes: UnsafeRawBufferPointer) throws(TargetError) {
        try hart.writeRegister(id, from: bytes)
    }

    func setGuestDebug(_ enabled: Bool) throws(TargetError) {
        for hart in harts { try hart.setGuestDebug(enabled) }
    }

    func setMultiprocessingState(_ state: UInt32) throws(TargetError) { try hart.setMultiprocessingState(state) }

    func type(_ bytes: [UInt8]) { hart.type(bytes) }

    func semihost(
        operation: UInt32, parameter: UInt64, at pc: GuestVirtualAddress
    ) throws(TargetError) -> SemihostingOutcome {
        try hart.semihost(operation: operation, parameter: parameter, at: pc)
    }

    func setDeadline(_ nanoseconds: UInt64?) throws(TargetError) { try hart.setDeadline(nanoseconds) }

    func setWatches(_ ranges: [WatchedRange]) throws(TargetError) {
        for hart in harts { try hart.setWatches(ranges) }
    }

    func openWatches(at addresses: [GuestPhysicalAddress]?) throws(TargetError) { try hart.openWatches(at: addresses) }

    func closeWatches() throws(TargetError) { try hart.closeWatches() }

    var memorySlots: [SlotStatus] { hart.memorySlots }

    func vcpuStatus() throws(TargetError) -> VCPUStatus { try hart.vcpuStatus() }

    func statistics() throws(TargetError) -> [StatisticGroup] { try hart.statistics() }

    var deviceTree: [UInt8]? { hart.deviceTree }

    var runCounts: RunCounts { hart.runCounts }

    var latestExits: [ExitRecord] { hart.latestExits }

    func observe(_ kinds: ExitKinds, by observer: (any ExitObserver)?) {
        for hart in harts { hart.observe(kinds, by: observer) }
    }
}
