import Debugger
import Disassembly
import Guest
import Host
import Reports

/// What a command works with when it is carried out.
public final class Context {
    /// The engine.
    public let session: Session
    /// Where what happens is told.
    public let report: any Report
    /// How text is coloured.
    public let style: Style
    /// All commands, for `help`.
    let table: CommandTable
    /// The lines that were typed, for `history`.
    public var typedLines: () -> [String] = { [] }
    /// Whether a run for which there is no KVM has failed, instead of being skipped.
    public var requiresKVM = false
    /// Whether a person is at the prompt, who wants it back after Ctrl-C.
    public var isInteractive = false
    /// How many blocks, definitions, scripts and commands within commands are being carried out, one within the other.
    var depth = 0
    /// How many can be: each takes its part of the stack.
    static let depthLimit = 1000
    /// How many scripts are being carried out, one within the other.
    var scriptDepth = 0
    /// What `commands` gave to breakpoints, by their numbers.
    var breakpointCommands: [Int: [PreparedCommand]] = [:]
    /// What is to be carried out behind the command that is being carried out.
    var queue: [PreparedCommand] = []
    /// How long the guest may run.
    var limits = TimeLimits()
    /// How long the latest command that let the guest run took, in nanoseconds.
    var latestRun: UInt64?
    /// What the guest says on its console.
    let console: ConsoleLog
    /// What was shown since a command began that wants to know it; nil while none does.
    var heard: [UInt8]?
    /// What `x` and `print` remember from one call to the next.
    var examine = ExamineState()
    /// What `list` showed last.
    var listing: Listing?
    /// The source files whose lines were shown.
    let sources = SourceTexts()
    /// What is shown at each stop.
    var displays = DisplayList()
    /// Whether the commands of a breakpoint are being carried out.
    var isDraining = false
    /// Whether an expectation held: then the expectations are what the run is about, and not the guest's own exit code.
    private var hasExpectations = false
    /// How often the guest was let run.
    var runNumber = 0
    /// Whether the report is told of each command that begins.
    var tellsCommands = true
    /// How the innermost loop is to be left, on the way there.
    var loopExit: LoopExit?
    /// Whether a command wants a failure within it for itself, instead of having it told.
    var catchesFailures = false
    /// The failure that was caught so.
    var caughtFailure: CommandError?
    /// How many definitions are being carried out, one within the other.
    var callDepth = 0
    /// What is to be carried out at each stop that is shown.
    var stopCommands: [PreparedCommand] = []
    /// The test that is being carried out, or what is outside of all tests.
    var scope = Scope()
    /// The turner of bytes into instructions.
    let disassembler: Disassembler
    /// The number of the guest whose extensions it knows.
    var extensionsOf: Int?
    /// Who shows the guest's exits, where that is asked for.
    let tracer: ExitTracer

    /// A context over `session` that reports to `report`, and whose guests' console is `console`. Throws `.unavailable`.
    public init(
        session: Session, report: any Report, style: Style, table: CommandTable, console: ConsoleLog = ConsoleLog()
    ) throws(DisassemblyError) {
        self.console = console
        session.random = RandomNumbers(seed: MonotonicClock.nanoseconds)
        session.readEnvironment = { Environment.value($0) }
        self.session = session
        self.report = report
        self.style = style
        self.table = table
        disassembler = try Disassembler()
        tracer = ExitTracer(report: report, style: style, symbolText: { session.symbolTextWhileRunning($0) })
    }

    /// Sets the convenience variable `name` to the number that `text` is, or else to `text` as a string. Throws `.failed`.
    public func define(_ name: String, _ text: String) throws(CommandError) {
        var value = Value.string([UInt8](text.utf8))
        if let expression = try? Expression(parsing: text), expression.isNumberLiteral {
            value = try evaluate(expression)
        }
        do throws(EvaluationFailure) { try session.setVariable(name, to: value) } catch {
            throw .failed(error.message, nil)
        }
    }

    /// What a run that expected nothing ends with when all that was asked for was done: the exit code with which the guest ended, the
    /// greatest status where that is greater; nil where it did not end, or something was expected.
    public var guestStatus: ExitStatus? {
        guard !hasExpectations, let code = session.stop?.reason.exitCode else { return nil }
        return ExitStatus(Int32(min(max(code, 0), 255)))
    }

    /// From now on the whole run has `time`.
    public func limitRun(to time: TimeSpan) { limits.start(time) }

    /// Shows a line.
    func line(_ line: String = "") { text(line + "\n") }

    /// Shows a text: whole lines, or a piece of a line.
    func text(_ text: String) {
        report.text(text)
        heard?.append(contentsOf: text.utf8)
    }

    /// Tells of an expectation that holds.
    func passed(_ text: String) {
        hasExpectations = true
        report.passed(text)
    }

    /// Calls the engine and gives its refusal as a command's error.
    func engine<T>(_ body: (Session) throws(DebuggerError) -> T) throws(CommandError) -> T {
        do { return try body(session) } catch { throw CommandError(error) }
    }

    /// Asks the engine by an expression and gives what is wrong with it as a command's error. Throws `.failed`.
    func asking<T>(_ body: (Session) throws(ExpressionError) -> T) throws(CommandError) -> T {
        do { return try body(session) } catch { throw .failed(error.message, error.span) }
    }

    /// The value of `expression`. Throws `.failed`.
    func evaluate(_ expression: Expression) throws(CommandError) -> Value {
        try asking { (session) throws(ExpressionError) in try expression.evaluate(in: session) }
    }

    /// As `addressText`, without colour: for reports of failures.
    func plainAddressText(_ address: GuestVirtualAddress) -> String {
        address.description + (session.symbolText(address).map { " <" + $0 + ">" } ?? "")
    }

    /// As above, of an address in either space: "phys:0x80000010 <main+4>".
    func addressText(_ address: GuestAddress) -> String {
        let symbol = session.symbolText(address).map { " " + style.symbol("<" + $0 + ">") } ?? ""
        return style.address(address.description) + symbol
    }

    /// The address that `value`, which the text at `span` has, is. Throws `.failed` for a string and for no value.
    func address(_ value: Value, _ span: SourceSpan?) throws(CommandError) -> GuestAddress {
        guard let address = value.address else { throw .failed("This has no value that could be an address.", span) }
        return address
    }

    /// As `address`, for what physical memory has not got. Throws `.failed`.
    func virtualAddress(_ value: Value, _ span: SourceSpan?) throws(CommandError) -> GuestVirtualAddress {
        guard case .virtual(let address) = try address(value, span) else {
            throw .failed("This is a physical address already, and a virtual one is needed: leave out phys:.", span)
        }
        return address
    }

    /// "0x80000010 <main+4>"; without a symbol, the address alone.
    func addressText(_ address: GuestVirtualAddress) -> String {
        let symbol = session.symbolText(address).map { " " + style.symbol("<" + $0 + ">") } ?? ""
        return style.address(address.description) + symbol
    }
}
