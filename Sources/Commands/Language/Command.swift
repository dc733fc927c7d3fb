import Debugger

/// What a parsed command does when it is carried out.
public typealias Action = (Context) throws(CommandError) -> Void

/// A command of the language: its names, what is said about it, how it is parsed. One file each under `Sources/Commands`;
/// `CommandTable` lists them. `help`, completion, and the tests of the manual pages follow from these values.
public struct Command {
    /// Under what `help` lists a command.
    public enum Group: Int, CaseIterable, Sendable {
        case running, breakpoints, data, status, testing, control, support

        /// The group's heading.
        public var title: String {
            switch self {
            case .running: return "Running the guest"
            case .breakpoints: return "Breakpoints"
            case .data: return "Registers, memory, expressions"
            case .status: return "Status"
            case .testing: return "Tests"
            case .control: return "Control flow"
            case .support: return "Scripts and help"
            }
        }
    }

    /// What completes a command's arguments.
    public enum Completion: Sendable {
        case nothing, files, symbols, expressions, registers, commands, breakpoints, displays, capabilities
        /// A file's name behind one of the first words, else one of the others.
        case file(after: [String], [String])
        /// One of these words.
        case words([String])
        /// An extension of the ISA or of the SBI: "isa", "sbi".
        case extensions(of: String)
    }

    /// What an empty line after the command does in the REPL: as GDB, which repeats all but what would be harmful twice.
    public enum Repetition: Sendable {
        /// Nothing.
        case never
        /// The command again.
        case again
        /// The command again without its arguments: it goes on where it left off.
        case onward
    }

    /// What lines follow a command, up to one that says `end`.
    public enum Block: Sendable {
        /// None.
        case none
        /// Commands, which can have blocks of their own.
        case commands
        /// A text, in which nothing but `end` has a meaning.
        case text
    }

    /// The full name: "continue".
    public let name: String
    /// Other names, besides unique prefixes: "c", "fg".
    public var aliases: [String] = []
    /// Under what `help` lists it.
    public let group: Group
    /// How it is written, a line each form: "break [LOCATION]".
    public let usage: [String]
    /// What it does, in one line without a full stop.
    public internal(set) var summary: String
    /// All there is to say.
    public var help: String = ""
    /// Whether letters behind a slash may follow the name: `print/x`.
    public var takesFormat = false
    /// What completes its arguments.
    public var completion: Completion = .nothing
    /// What an empty line does after it.
    public var repetition: Repetition = .again
    /// Commands behind this one's name: `info breakpoints`.
    public var subcommands: [Command] = []
    /// Whether subcommands need their full name, because what else follows can be an expression.
    public var hasExactSubcommands = false
    /// What lines follow it, up to one that says `end`.
    public var block: Block = .none
    /// Parses the arguments, without a guest and without any effect. nil: one of the subcommands must follow.
    public var parse: ((inout Arguments, ParseContext) throws(CommandError) -> Action)?
}
