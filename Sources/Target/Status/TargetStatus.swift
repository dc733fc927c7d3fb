import Guest

/// What a target tells of itself besides memory and registers. All calls come from one thread, while the guest does not
/// run.
public protocol TargetStatus: AnyObject {
    /// What lies where in guest-physical memory, lowest address first.
    var memorySlots: [SlotStatus] { get }

    /// What the vCPU is, besides its registers. It leaves a pending exit pending. Throws `.host`.
    func vcpuStatus() throws(TargetError) -> VCPUStatus

    /// What the kernel counts of the VM and of its vCPU. Throws `.unavailable` and `.host`.
    func statistics() throws(TargetError) -> [StatisticGroup]

    /// The device tree blob as it was given to the guest, whatever the guest has done with it since; nil where it was given none.
    var deviceTree: [UInt8]? { get }

    /// What happened since the guest was made. No system call.
    var runCounts: RunCounts { get }

    /// The latest exits, oldest first, as many as the target remembers; their pc is not known. No system call.
    var latestExits: [ExitRecord] { get }

    /// Has each exit that is one of `kinds` told to `observer`; no kinds, or nil, ends that.
    func observe(_ kinds: ExitKinds, by observer: (any ExitObserver)?)
}

/// A range of guest-physical memory that the VM maps.
public struct SlotStatus: Equatable, Sendable {
    /// The slot's number.
    public var number: UInt32
    /// Where it lies in guest-physical memory.
    public var region: MemoryRegion
    /// Whether the guest's stores to it exit instead of changing it.
    public var isReadOnly: Bool
    /// How many bytes of the host memory behind it are in use now; nil when that is not known.
    public var residentByteCount: UInt64?

    /// The slot `number` over `region`.
    public init(number: UInt32, region: MemoryRegion, isReadOnly: Bool = false, residentByteCount: UInt64? = nil) {
        self.number = number
        self.region = region
        self.isReadOnly = isReadOnly
        self.residentByteCount = residentByteCount
    }
}

/// What a vCPU is, besides its registers.
public struct VCPUStatus: Equatable, Sendable {
    /// Its number, which is its hart id.
    public var id: UInt32
    /// Whether it runs or waits to be started: "runnable", "stopped".
    public var multiprocessingState: String
    /// Whether guest debug is on in the kernel now.
    public var guestDebug: Bool
    /// The exit that only the next run completes, "an SBI call"; nil when there is none.
    public var pendingExit: String?
    /// Why the vCPU cannot run any more; nil when it can.
    public var endReason: String?

    /// Whether it executes nothing until it is started, by the SBI's hart_start or from outside.
    public var isStopped: Bool { multiprocessingState == "stopped" }

    /// The vCPU `id`.
    public init(
        id: UInt32, multiprocessingState: String, guestDebug: Bool, pendingExit: String? = nil, endReason: String? = nil
    ) {
        self.id = id
        self.multiprocessingState = multiprocessingState
        self.guestDebug = guestDebug
        self.pendingExit = pendingExit
        self.endReason = endReason
    }
}

/// What the kernel counts of one VM or vCPU.
public struct StatisticGroup: Equatable, Sendable {
    /// What is counted, and the kernel's name for it: "vCPU kvm-1234/vcpu-0".
    public var name: String
    /// In the kernel's order.
    public var rows: [Row]

    /// One statistic.
    public struct Row: Equatable, Sendable {
        /// The kernel's name: "halt_poll_success_ns".
        public var name: String
        /// What the numbers are, "cumulative", and of what: "ns"; empty for a plain number.
        public var kind: String
        /// See `kind`.
        public var unit: String
        /// One number, with an empty range; of a histogram those that are not zero, each with its range, "8–15".
        public var values: [(range: String, value: UInt64)]
        /// Whether the kernel counted nothing.
        public var isZero: Bool { values.allSatisfy { $0.value == 0 } }

        /// A statistic with these parts.
        public init(name: String, kind: String, unit: String, values: [(range: String, value: UInt64)]) {
            self.name = name
            self.kind = kind
            self.unit = unit
            self.values = values
        }

        /// Whether all parts are equal.
        public static func == (left: Row, right: Row) -> Bool {
            left.name == right.name && left.kind == right.kind && left.unit == right.unit
                && left.values.elementsEqual(right.values) { $0.range == $1.range && $0.value == $1.value }
        }
    }

    /// The group `name` of `rows`.
    public init(name: String, rows: [Row]) {
        self.name = name
        self.rows = rows
    }
}
