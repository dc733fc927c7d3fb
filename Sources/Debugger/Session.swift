import Guest
import RISCV
import Symbols
import Target

/// A debugging session: the program, the guest made of it, breakpoints, and why the guest is not running.
///
/// It outlives guests: `start` makes a fresh one, breakpoints and variables stay.
public final class Session {
    /// Where guests come from.
    public let provider: any GuestProvider
    /// The registers of the architecture.
    public let registers: RegisterTable
    /// What the next guest's machine is.
    public internal(set) var machine = MachineSettings()
    /// How long the guest may run for one command, in nanoseconds: then it is stopped. nil for as long as it takes.
    public var timeLimit: UInt64?
    /// The loaded program.
    public internal(set) var program: Program? {
        didSet { programPlacement = ProgramPlacement() }
    }
    /// Symbol tables besides the program's own, in the order in which they were read.
    var furtherSymbols: [SymbolTables.Entry] = []
    /// Where the guest has the program's own symbols.
    var programPlacement = ProgramPlacement()
    /// How often the guest that exists was searched for where its kernel runs.
    var kernelSearches = 0
    /// The latest stop of the guest; nil while there is none.
    public internal(set) var stop: Stop? {
        didSet { standing.reportedAt = stop.flatMap { $0.hitsBreakpointHere ? nil : $0.pc } }
    }
    /// Where the current vCPU stands, and what was told of that.
    var standing = VCPUStanding()
    var breakpointTable = BreakpointTable()
    /// What happens at an `ebreak` of the guest's own that comes here.
    public var ebreakPolicy = EbreakPolicy.stop
    /// Whether the guest's semihosting calls are carried out; else the `ebreak` in them is one of the guest's own as any.
    public var semihosting = true
    /// Whether a step lets the guest take the interrupts that are pending.
    public var stepInterrupts = StepInterrupts.masked
    /// Which vCPUs run when the guest is let run.
    public var schedulerLocking = SchedulerLocking.step
    /// Whether the command that lets the guest run now lets the current vCPU run alone.
    var holdsOthers = false
    /// Whether the guest's `ebreak` comes here (`KVM_GUESTDBG_ENABLE`), from the next run on.
    public internal(set) var guestDebug = true
    /// What the guest, this one and those that come, reads where nothing answers it.
    public var answers = GuestAnswers() {
        didSet { guest?.target.answers = answers }
    }
    /// The values that `print` showed, `$1` first.
    public internal(set) var history: [Value] = []
    /// What `$random` gives.
    public var random = RandomNumbers(seed: 0)
    /// The environment variable of a name; nil for one that is not set.
    public var readEnvironment: (String) -> String? = { _ in nil }
    /// The convenience variables.
    public internal(set) var variables: [String: Value] = [:]

    /// Where the step that is being made plants `ebreak`s, and over what: kept for their room, which each step needs.
    var stepPlaces: [GuestPhysicalAddress] = []
    var stepOriginals: [(place: GuestPhysicalAddress, bytes: UInt32)] = []
    /// What registers held when they were shown.
    var shownRegisters = ShownRegisters()
    /// How many guests there were, the one that exists included.
    public private(set) var guestNumber = 0

    var watching = Watching()
    var guest: Guest?
    var nextBreakpointNumber = 1
    /// The guest's own `sie` while it is masked for a step: what conditions and commands see.
    var maskedSIE: UInt64?

    /// What is known of the types of the guest's program.
    var typeState = TypeState()

    /// Who is told of the guest's exits, and of which; of this guest and those that come.
    var exitObserver: (any ExitObserver)?
    var observedExits: ExitKinds = []

    /// The guest that exists now, and what the engine has put into it.
    final class Guest {
        let target: any Target
        let sites: Sites
        /// The target's RAM, which stays as it is.
        let memory: [MemoryRegion]
        /// Valid while the guest is stopped; whoever lets it run has it forget.
        var registers: StoppedRegisters
        /// The number of the current vCPU.
        var current = 0
        /// What is known of each vCPU; of the current one, the registers alone are true here.
        var memos: [VCPUMemo]
        /// Whether the target was told to bring the guest's `ebreak`s here.
        var hasGuestDebug = false
        /// What was found out of the trap that ends the run, before the other vCPUs were stopped.
        var judged: Verdict?
        /// Whether the last instruction was done for the guest, which has not run since.
        var wasCarriedOut = false

        init(target: any Target, sites: Sites) {
            self.target = target
            self.sites = sites
            memos = (0..<target.vcpuCount).map { _ in VCPUMemo(registers: StoppedRegisters(target: target)) }
            registers = memos[0].registers
            memory = target.memory
        }
    }

    /// A session without a program, over guests from `provider`.
    public init(provider: any GuestProvider, registers: RegisterTable) {
        self.provider = provider
        self.registers = registers
    }

    /// Whether there is a guest, stopped.
    public var hasGuest: Bool { guest != nil }

    /// Makes a fresh guest of the program, stopped at its entry. Throws `.noProgram` and `.target`.
    public func start() throws(DebuggerError) {
        guard let program else { throw .noProgram }
        kill()
        do {
            let target = try provider.makeGuest(program, machine)
            target.observe(observedExits, by: exitObserver)
            target.answers = answers
            let isa = try TargetAccess.register(.isa, of: target)
            let sites = Sites(target: target, breakpoint: Instruction.breakpoint(byteCount: isa & 0b100 != 0 ? 2 : 4))
            guestNumber += 1
            let guest = Guest(target: target, sites: sites)
            self.guest = guest
            stop = Stop(reason: .start, pc: GuestVirtualAddress(try guest.registers.get(.pc)))
        } catch {
            kill()
            throw .target(error)
        }
        try armPending()
        try armPendingWatchpoints()
    }

    /// Ends the guest, if there is one. Breakpoints stay, for the next.
    public func kill() {
        guest = nil
        stop = nil
        shownRegisters.forget()
        standing = VCPUStanding()
        forgetSites()
        forgetWatches()
        forgetPlacements()
    }

    /// The guest that exists. Throws `.noGuest`.
    func requireGuest() throws(DebuggerError) -> Guest {
        guard let guest else { throw .noGuest }
        return guest
    }
}
