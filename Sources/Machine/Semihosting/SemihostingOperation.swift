/// What a semihosting call asks for, by its number (Arm's "Semihosting for AArch32 and AArch64", which RISC-V's refers to).
enum SemihostingOperation: UInt32 {
    case open = 0x01
    case close = 0x02
    case writeCharacter = 0x03
    case writeText = 0x04
    case write = 0x05
    case read = 0x06
    case readCharacter = 0x07
    case isError = 0x08
    case isTerminal = 0x09
    case seek = 0x0A
    case length = 0x0C
    case temporaryName = 0x0D
    case remove = 0x0E
    case rename = 0x0F
    case clock = 0x10
    case time = 0x11
    case system = 0x12
    case errno = 0x13
    case commandLine = 0x15
    case heapInfo = 0x16
    case exit = 0x18
    case exitExtended = 0x20
    case elapsed = 0x30
    case tickFrequency = 0x31

    /// "SYS_OPEN".
    var name: String {
        switch self {
        case .open: return "SYS_OPEN"
        case .close: return "SYS_CLOSE"
        case .writeCharacter: return "SYS_WRITEC"
        case .writeText: return "SYS_WRITE0"
        case .write: return "SYS_WRITE"
        case .read: return "SYS_READ"
        case .readCharacter: return "SYS_READC"
        case .isError: return "SYS_ISERROR"
        case .isTerminal: return "SYS_ISTTY"
        case .seek: return "SYS_SEEK"
        case .length: return "SYS_FLEN"
        case .temporaryName: return "SYS_TMPNAM"
        case .remove: return "SYS_REMOVE"
        case .rename: return "SYS_RENAME"
        case .clock: return "SYS_CLOCK"
        case .time: return "SYS_TIME"
        case .system: return "SYS_SYSTEM"
        case .errno: return "SYS_ERRNO"
        case .commandLine: return "SYS_GET_CMDLINE"
        case .heapInfo: return "SYS_HEAPINFO"
        case .exit: return "SYS_EXIT"
        case .exitExtended: return "SYS_EXIT_EXTENDED"
        case .elapsed: return "SYS_ELAPSED"
        case .tickFrequency: return "SYS_TICKFREQ"
        }
    }
}
