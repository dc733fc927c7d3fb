import Guest
import Host

/// What a handle of a semihosting guest stands for.
enum SemihostingFile {
    /// The console, to read from (`:tt`, opened to read).
    case input
    /// The console, to write to.
    case output
    /// A file that tells what more than Arm's first calls there is (`:semihosting-features`), and where the guest is in it.
    case features(position: Int)
    /// A file of the host's.
    case file(ConfinedFile)

    /// "SHFB", and bits: there is SYS_EXIT_EXTENDED, and `:tt` opened to append is standard error.
    static let features: [UInt8] = [0x53, 0x48, 0x46, 0x42, 0b11]
}

/// How a file is opened: the modes of C's `fopen`, r rb r+ r+b w wb w+ w+b a ab a+ a+b.
struct SemihostingMode {
    /// What for.
    let access: ConfinedFile.Access
    /// What `:tt` is then.
    let console: SemihostingFile
    /// Whether it is r or rb.
    var isReading: Bool { access == .read }

    /// The mode `number`; nil where it is none.
    init?(_ number: UInt64) {
        let both: ConfinedFile.Access = number & 2 == 0 ? [] : [.read, .write]
        switch number {
        case 0...3: access = both.union(.read)
        case 4...7: access = both.union([.write, .create, .truncate])
        case 8...11: access = both.union([.write, .create, .append])
        default: return nil
        }
        console = number < 4 ? .input : .output
    }
}
