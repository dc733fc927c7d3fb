/// Why a trap was taken, as `scause` says (privileged specification, "Supervisor Cause (scause) Register").
public struct Cause: Equatable, Sendable {
    /// True for an interrupt, false for an exception: bit 63.
    public var isInterrupt: Bool
    /// The exception or interrupt code: bits 62–0.
    public var code: UInt64

    /// The cause with these parts; bit 63 of `code` is ignored.
    public init(isInterrupt: Bool = false, code: UInt64) {
        self.isInterrupt = isInterrupt
        self.code = code & ~(1 << 63)
    }

    /// The cause that the value `scause` of the CSR means.
    public init(scause: UInt64) {
        self.init(isInterrupt: scause >> 63 == 1, code: scause)
    }

    /// The value of the CSR.
    public var scause: UInt64 { (isInterrupt ? 1 << 63 : 0) | code }

    /// The exception that `ebreak` raises.
    public static var breakpoint: Cause { Cause(code: 3) }

    /// The name as the specification has it, in lower case: `load page fault`, `supervisor timer interrupt`.
    public var name: String {
        isInterrupt ? interruptName : exceptionName
    }

    private var interruptName: String {
        switch code {
        case 1: "supervisor software interrupt"
        case 5: "supervisor timer interrupt"
        case 9: "supervisor external interrupt"
        case 13: "counter-overflow interrupt"
        default: "interrupt \(code)"
        }
    }

    private var exceptionName: String {
        switch code {
        case 0: "instruction address misaligned"
        case 1: "instruction access fault"
        case 2: "illegal instruction"
        case 3: "breakpoint"
        case 4: "load address misaligned"
        case 5: "load access fault"
        case 6: "store/AMO address misaligned"
        case 7: "store/AMO access fault"
        case 8: "environment call from U-mode"
        case 9: "environment call from S-mode"
        case 12: "instruction page fault"
        case 13: "load page fault"
        case 15: "store/AMO page fault"
        case 16: "double trap"
        case 18: "software check"
        case 19: "hardware error"
        default: "exception \(code)"
        }
    }
}
