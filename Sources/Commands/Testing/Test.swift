import Debugger
import Reports

/// `test "NAME" … end`: a test of its own within a script.
enum Test {
    static var command: Command {
        Command(
            name: "test", group: .testing,
            usage: ["test \"NAME\"[, EXPRESSION, …] [keep]"],
            summary: "Make lines up to \"end\" a test of its own, with a fresh guest",
            help: """
                The lines that follow, up to "end", are a test. It begins without a guest, and at its end the guest is ended and all
                is as it was before: the program, breakpoints, displays, settings and variables. With "keep" the guest and all of this
                stay. What fails ends the test; the script goes on behind it, and its exit status tells of the first test that
                did not pass. NAME is a format as that of "printf". A test stands in no other one.
                """,
            completion: .words(["keep"]), repetition: .never, block: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let keeps = arguments.dropLastWord("keep")
            let name = try parsing.formatted(&arguments, "The test's name")
            let commands = try parsing.block(arguments.block)
            let text = parsing.text
            return { (context) throws(CommandError) in
                if context.scope.isTest { throw .failed("A test stands in no other test.", nil) }
                let shown = try context.text(of: name)
                context.report.testBegan(shown, at: text.location(of: 0))
                let state = keeps ? nil : context.beginAnew()
                let (result, outcome) = context.carryOut(test: commands)
                if let state { context.restore(state) }
                context.report.testEnded(result)
                context.scope.tally.count(result)
                switch outcome {
                case .ended(.interrupted), .quit: throw .ended(outcome)
                // Nothing of what follows would be carried out.
                case .ended(.timedOut) where context.limits.isOver: throw .ended(outcome)
                default: break
                }
            }
        }
    }
}

extension Context {
    /// Carries out a test's commands, and what they deferred.
    fileprivate func carryOut(test commands: [PreparedCommand]) -> (TestResult, Interpreter.Outcome) {
        let outer = scope
        scope = Scope()
        scope.isTest = true
        // A test's failure is its own, whoever expects one.
        let catchesFailures = catchesFailures
        self.catchesFailures = false
        defer {
            scope = outer
            self.catchesFailures = catchesFailures
        }
        let outcome = finishing(carryOut(commands))
        return (TestResult(scope.verdict ?? .passed, knownReason: scope.knownReason), outcome)
    }

    /// A format with its values. Throws `.failed`.
    func text(of format: FormattedText) throws(CommandError) -> String {
        try asking { (session) throws(ExpressionError) in
            String(decoding: try format.render(in: session), as: UTF8.self)
        }
    }

    /// What a test can change: of the engine, and of the commands.
    struct State {
        fileprivate let session: Session.Checkpoint
        fileprivate let breakpointCommands: [Int: [PreparedCommand]]
        fileprivate let stopCommands: [PreparedCommand]
        fileprivate let displays: DisplayList
        fileprivate let examine: ExamineState
        fileprivate let timeout: TimeSpan?
    }

    /// Ends the guest; what is to be back behind a test.
    fileprivate func beginAnew() -> State {
        session.kill()
        return State(
            session: session.checkpoint(), breakpointCommands: breakpointCommands, stopCommands: stopCommands,
            displays: displays, examine: examine, timeout: limits.command)
    }

    /// Ends the guest, and has all be as it was.
    fileprivate func restore(_ state: State) {
        session.restore(state.session)
        breakpointCommands = state.breakpointCommands
        stopCommands = state.stopCommands
        displays = state.displays
        examine = state.examine
        limits.command = state.timeout
        queue = []
    }
}
