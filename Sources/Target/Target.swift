import Guest

/// One guest, as the engine sees it: memory, registers, and "run until something worth telling".
///
/// The engine knows no KVM; a scripted target drives it in the unit tests. All calls come from one thread, while the guest
/// does not run.
public protocol Target: TargetStatus {
    /// The guest's RAM, lowest address first.
    var memory: [MemoryRegion] { get }

    /// Fills `buffer` from guest-physical memory, all or nothing. Throws `.memory`.
    func readMemory(at address: GuestPhysicalAddress, into buffer: UnsafeMutableRawBufferPointer) throws(TargetError)

    /// Calls `body` with the `count` bytes of guest-physical memory from `address` on where they lie: nothing is copied, and what
    /// the guest never touched costs no memory. The pointer is good during the call only. Throws `.memory`.
    func withMemory(
        at address: GuestPhysicalAddress, count: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(TargetError)

    /// Writes `bytes` to guest-physical memory, all or nothing, so that the guest's next instruction fetch sees them.
    /// Throws `.memory`.
    func writeMemory(_ bytes: UnsafeRawBufferPointer, at address: GuestPhysicalAddress) throws(TargetError)

    /// How many vCPUs it has.
    var vcpuCount: Int { get }

    /// The number of the vCPU whose registers and state are read and set here. A run that ends selects the one that its event is of.
    var selectedVCPU: Int { get set }

    /// Every register that the vCPU has. Throws `.host`.
    func registerList() throws(TargetError) -> [RegisterID]

    /// Fills `buffer`, which is as long as the register (`id.byteCount`), little-endian. One system call. Throws `.register`.
    func readRegister(_ id: RegisterID, into buffer: UnsafeMutableRawBufferPointer) throws(TargetError)

    /// Sets a register from `bytes`, which are as long as the register, little-endian. One system call. Throws `.register`.
    func writeRegister(_ id: RegisterID, from bytes: UnsafeRawBufferPointer) throws(TargetError)

    /// Whether the guest's `ebreak` comes to the debugger (`KVM_GUESTDBG_ENABLE`) instead of the guest's own trap handler;
    /// effective at the next run. Throws `.host`.
    func setGuestDebug(_ enabled: Bool) throws(TargetError)

    /// What the guest reads where nothing answers it.
    var answers: GuestAnswers { get set }

    /// Lets the vCPU run, or stops it until another hart or the host starts it, by the kernel's number for the state
    /// (`KVM_MP_STATE_…`); effective at the next run. Throws `.host`.
    func setMultiprocessingState(_ state: UInt32) throws(TargetError)

    /// Who is asked, while all vCPUs run, whether one that came to a trap may go on; nil for nobody: a trap ends the run.
    var trapJudge: (any TrapJudge)? { get set }

    /// Lets the guest run until there is something to tell: with `alone` only the selected vCPU, else all; afterwards all are
    /// stopped. What several vCPUs have to tell at once is told by one run of all after the other, in the order in which it came: a
    /// `.trap` may be one of before. A signal ends it with `.interrupted`, and `limit` milliseconds, if
    /// given, with `.timeLimit`. Throws `.host`.
    func run(limit: UInt64?, alone: Bool) throws(TargetError) -> TargetEvent

    /// Gives the guest `bytes` as typed at its console; it reads them when it wants to.
    func type(_ bytes: [UInt8])

    /// Carries out the semihosting call of the selected vCPU whose `ebreak` is at `pc`: `operation` was in a0, `parameter` in a1.
    /// Registers stay as they are. Throws `.register`.
    func semihost(
        operation: UInt32, parameter: UInt64, at pc: GuestVirtualAddress
    ) throws(TargetError) -> SemihostingOutcome

    /// Whose keys the guest gets while it runs; when that one has had enough, the run ends with `.interrupted`. nil for nobody's.
    var keyboard: (any Keyboard)? { get set }

    /// Has each run that is not over in so many nanoseconds from now, or that begins later, end with `.deadline`; nil ends that.
    /// It costs nothing at the runs themselves. Throws `.host`.
    func setDeadline(_ nanoseconds: UInt64?) throws(TargetError)

    /// Watches these ranges of RAM from the next run on, and no others; the pages that hold none of them run at full speed.
    /// Throws `.memory` where a range is not all in RAM, and `.host`: then what was watched before still is.
    func setWatches(_ ranges: [WatchedRange]) throws(TargetError)

    /// Lets the guest access the watched pages that hold `addresses`, or all of them without a list, as if nothing were watched:
    /// for the one instruction that ended a run with `.blocked`. Throws `.host`.
    func openWatches(at addresses: [GuestPhysicalAddress]?) throws(TargetError)

    /// Ends what `openWatches` began. Throws `.host`: then the guest cannot go on.
    func closeWatches() throws(TargetError)
}
