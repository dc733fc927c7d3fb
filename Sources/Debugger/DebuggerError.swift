import Guest
import RISCV
import Symbols
import Target

/// Why the engine could not do what a command asked.
public enum DebuggerError: Error {
    /// There is no program: nothing was loaded.
    case noProgram
    /// There is no guest: it was not started, or was ended.
    case noGuest
    /// The guest has no vCPU of this number; how many it has.
    case noVCPU(Int, count: Int)
    /// The guest cannot run on from this stop; the sentence says why.
    case cannotResume(String)
    /// Running to a place needs an `ebreak` there, which the guest would take itself.
    case guestDebugOff
    /// Where the function at this pc returns to is not known.
    case noReturnAddress(GuestVirtualAddress)
    /// The guest stands at no `ebreak` that it could take, but at this pc.
    case notAtEbreak(GuestVirtualAddress)
    /// No symbol has this name; the nearest names.
    case noSymbol(String, near: [String])
    /// No breakpoint has this number.
    case noBreakpoint(Int)
    /// A watchpoint cannot be set; the sentence says why.
    case watchpoint(String)
    /// No instruction begins at this address: instructions have addresses that are multiples of so many bytes.
    case misaligned(CodePlace, Int)
    /// An address has no physical address by the guest's page tables; the sentence of the walk.
    case unmapped(GuestVirtualAddress, String)
    /// Memory cannot be read or written: the verb, where, why.
    case memory(String, GuestAddress, String)
    /// A register that is constant or has more than 64 bits cannot be used like this; the sentence.
    case register(String)
    /// There is no type information; the sentence says why.
    case types(String)
    /// No source line is known; the sentence says of what, and why.
    case lines(String)
    /// The program's file was refused.
    case program(ELFError)
    /// A kernel, or a file that goes with it, was refused; the sentence.
    case kernel(String)
    /// Something of a Linux guest cannot be told: what, and why.
    case linux(String, String)
    /// A file of symbols was refused.
    case symbols(SymbolFileError)
    /// No kernel's symbol table was read: out of what, why.
    case kallsyms(String, KallsymsError)
    /// The target refused.
    case target(TargetError)
}

extension DebuggerError {
    /// The sentence to show.
    public var message: String {
        switch self {
        case .noProgram:
            return "No guest is loaded. Name its ELF file: load FILE."
        case .noGuest:
            return "The guest is not running. Start it with \"run\", or stop it at its entry with \"start\"."
        case .noVCPU(let number, let count):
            return
                "There is no vCPU \(number): the guest has \(count == 1 ? "one, number 0" : "\(count), from 0 to \(count - 1)")."
        case .cannotResume(let why):
            return "The guest cannot go on: \(why) Start it afresh with \"run\"."
        case .guestDebugOff:
            return "The guest cannot be stopped at a place while guest debug is off: switch it on with \"guestdbg on\"."
        case .noReturnAddress(let pc):
            return
                "Where the function at \(pc.description) returns to is not known: it has called others and not stored ra on "
                + "the stack. Run to a place instead: until LOCATION."
        case .notAtEbreak(let pc):
            return
                "The guest has no exception to take: the instruction at \(pc.description) is no ebreak of its own. "
                + "Let it go on with \"continue\"."
        case .noSymbol(let name, let near):
            let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: ", "))?"
            return "No symbol \"\(name)\" in the loaded guest.\(hint)"
        case .noBreakpoint(let number):
            return "There is no breakpoint \(number). \"info breakpoints\" lists them."
        case .misaligned(let address, let byteCount):
            return
                "No instruction begins at \(address.description), which is no multiple of \(byteCount): a breakpoint there would "
                + "damage an instruction. Set it at the first byte of one."
        case .unmapped(_, let sentence): return sentence
        case .memory(let verb, let address, let why):
            return "Cannot \(verb) memory at \(address.description): \(why)"
        case .register(let sentence), .watchpoint(let sentence), .types(let sentence), .lines(let sentence):
            return sentence
        case .program(let error): return error.message
        case .kernel(let sentence): return sentence
        case .linux(let what, let why):
            return
                "Cannot tell \(what) of a Linux guest: \(why) It takes the kernel's symbols (\"symbols kallsyms\") and its types "
                + "(\"types btf\"), once it has turned its paging on."
        case .symbols(let error): return error.message
        case .kallsyms(let what, let error):
            return "Cannot read a kernel's symbol table out of \(what): \(error.reason)"
        case .target(let error): return error.message
        }
    }

    /// Whether there is no memory at an address.
    var isNoMemory: Bool {
        switch self {
        case .unmapped, .memory, .target(.memory): return true
        default: return false
        }
    }

    /// Whether the host lacks what any guest needs, so that a script is skipped rather than failed.
    public var isUnavailable: Bool {
        if case .target(.unavailable) = self { return true }
        return false
    }
}
