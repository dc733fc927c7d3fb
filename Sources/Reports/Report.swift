import Guest

/// Where a command stands in a script.
public struct SourceLocation: Equatable, Sendable {
    /// The script's path as it was given.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in bytes, from 1.
    public var column: Int

    /// Line and column of `file`, both from 1.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// "file:line:column", as compilers write it.
    public var text: String { "\(file):\(line):\(column)" }
}

/// Something that was tried: an expectation, or a command that failed where none was expected to.
public struct Failure: Sendable {
    /// What failed.
    public enum Kind: Sendable {
        /// An expectation did not hold.
        case expectation
        /// A command could not be carried out: an ioctl, the guest's memory, a file.
        case command
        /// A time limit was over.
        case timeout
        /// Ctrl-C.
        case interrupted
        /// The command cannot be understood; nothing was carried out.
        case syntax
    }

    /// Facts under a heading, for who looks for the reason: the code around pc, the latest exits.
    public struct Section: Equatable, Sendable {
        /// What the lines show.
        public var title: String
        /// Each without a newline.
        public var lines: [String]

        /// `lines` under `title`.
        public init(title: String, lines: [String]) {
            self.title = title
            self.lines = lines
        }
    }

    /// What failed.
    public var kind: Kind
    /// The command as it stands in the script.
    public var command: String
    /// Where it stands; nil for a command that was typed or given as an option.
    public var location: SourceLocation?
    /// What was tried, on what, why it failed, what to do next.
    public var message: String
    /// The line and the caret under the spot, each without a newline; empty when there is no spot to show.
    public var excerpt: [String]
    /// Further facts by name, in order: the values on both sides, the stop.
    public var details: [(name: String, value: String)]
    /// How the guest stands and what it did last.
    public var sections: [Section] = []
    /// Why this failure is known and does not count; nil for one that does.
    public var knownReason: String?

    /// A failure of `command`.
    public init(
        kind: Kind = .command, command: String, location: SourceLocation?, message: String, excerpt: [String] = [],
        details: [(name: String, value: String)] = []
    ) {
        self.kind = kind
        self.command = command
        self.location = location
        self.message = message
        self.excerpt = excerpt
        self.details = details
    }
}

/// How a test, a script's `test "NAME" … end`, ended.
public struct TestResult: Equatable, Sendable {
    /// What became of it.
    public enum Verdict: Equatable, Sendable {
        /// All of it was carried out, and every expectation held.
        case passed
        /// Something failed; `failed` told what, with its kind.
        case failed(Failure.Kind)
        /// It was given up, for the reason.
        case skipped(String)
    }

    /// What became of it.
    public var verdict: Verdict
    /// Why it is known to fail (`todo`); then a failure does not count. nil for a test that is to pass.
    public var knownReason: String?

    /// A test that ended so.
    public init(_ verdict: Verdict, knownReason: String? = nil) {
        self.verdict = verdict
        self.knownReason = knownReason
    }
}

/// A stop of the guest, as it is told.
public struct GuestStop: Equatable, Sendable {
    /// The word that `expect stop` knows the reason by.
    public var reason: String
    /// The address of the instruction that runs next.
    public var pc: GuestVirtualAddress
    /// Why and where, as a sentence.
    public var sentence: String

    /// A stop for `reason` at `pc`.
    public init(reason: String, pc: GuestVirtualAddress, sentence: String) {
        self.reason = reason
        self.pc = pc
        self.sentence = sentence
    }
}

/// What happens in a session, told to whoever shows it. A report writes to one byte sink and changes nothing else.
public protocol Report: AnyObject {
    /// A script's command is about to be carried out.
    func began(command: String)
    /// A command says something: whole lines, or a piece of a line.
    func text(_ text: String)
    /// The guest wrote to its console: bytes as they came.
    func console(_ bytes: [UInt8])
    /// The guest was let run and stopped; what is shown of it comes as text besides.
    func stopped(_ stop: GuestStop)
    /// An expectation held: its command, or what `pass "TEXT"` says.
    func passed(_ description: String)
    /// A command or an expectation failed.
    func failed(_ failure: Failure)
    /// The rest is not run, for want of something that this host lacks.
    func skipped(_ reason: String)
    /// `note`: a fact for whoever reads the report.
    func note(_ text: String)
    /// A test begins: everything up to `testEnded` belongs to it. Tests do not stand in each other.
    func testBegan(_ name: String, at location: SourceLocation?)
    /// The test that began last has ended.
    func testEnded(_ result: TestResult)
    /// The session is over; nothing follows.
    func finish()
    /// What was told so far is on its way to the reader.
    func flush()
}
