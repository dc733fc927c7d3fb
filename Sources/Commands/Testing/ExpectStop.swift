import Debugger
import Guest
import Reports

/// `expect stop REASON [at LOCATION]`: why the guest stopped last.
enum ExpectStop {
    static var command: Command {
        Command(
            name: "stop", group: .testing,
            usage: [
                "expect stop breakpoint [NUMBER] [at LOCATION] [within T]",
                "expect stop watchpoint [NUMBER] [at LOCATION] [within T]", "expect stop exit [CODE] [within T]",
                "expect stop ebreak|step|console|shutdown|reset|interrupt|timeout|error [at LOCATION] [within T]",
            ],
            summary: "Fail unless the guest stopped for this reason, there",
            help: """
                Holds when the latest stop of the guest has this reason, and this number or code where one is given, and its
                pc is LOCATION. With "within", it must have come at most T, as in 500ms or 2s, after the command began that let the
                guest run. Reasons: breakpoint, watchpoint, ebreak (one of the guest's own), step, console (it said what
                "expect console" was waiting for), shutdown, reset, exit, interrupt (Ctrl-C), timeout, error (the guest
                did something that nothing answers, or its vCPU cannot go on).
                """,
            completion: .words(names + ["at", "within"])
        ) { (arguments, parsing) throws(CommandError) in
            let text = arguments.text
            let reason = try reason(&arguments)
            let number = try number(&arguments, for: reason)
            var location: Location?
            if arguments.peekWord() != "within", let (word, span) = arguments.takeWord() {
                guard word == "at" else { throw .syntax("\"at LOCATION\" is expected here.", span) }
                if arguments.isEmpty || arguments.peekWord() == "within" {
                    throw .syntax("A location is missing.", arguments.restSpan)
                }
                location = try Location(&arguments, before: ["within"], parsing)
            }
            let time = try arguments.takeWithin()
            return { (context) throws(CommandError) in
                guard let stop = context.session.stop else {
                    throw .expectation("The guest has not stopped: there is no guest.", details: [])
                }
                let expected = number.map { "\(reason) \($0)" } ?? reason
                guard stop.reason.name == reason, number.map({ stop.reason.has($0) }) ?? true else {
                    throw .expectation(
                        "The guest stopped for another reason.",
                        details: [
                            ("expected", expected),
                            ("stop", context.session.sentence(of: stop, at: context.plainAddressText(stop.pc))),
                        ])
                }
                if let place = try location?.place(context) { try check(stop.pc, is: place, context) }
                if let time { try check(time, context) }
                context.passed(text)
            }
        }
    }

    /// Throws `.expectation` unless `pc` is the place, and `.failed` where a pc has no physical address to compare.
    private static func check(
        _ pc: GuestVirtualAddress, is place: CodePlace, _ context: Context
    ) throws(CommandError) {
        switch place {
        case .virtual(let address):
            if address == pc { return }
            throw .expectation(
                "The guest stopped at another place.",
                details: [
                    ("expected", context.bothForms(.pointer(address, to: .code))),
                    ("pc", context.bothForms(.pointer(pc, to: .code))),
                ])
        case .physical(let address):
            let physical = try context.engine { (session) throws(DebuggerError) in try session.translate(pc) }
            if address == physical { return }
            throw .expectation(
                "The guest stopped at another place.",
                details: [
                    ("expected", place.description), ("pc", CodePlace.physical(physical).description),
                ])
        }
    }

    /// Throws `.expectation` unless the stop came in `time`.
    private static func check(_ time: TimeSpan, _ context: Context) throws(CommandError) {
        guard let took = context.latestRun else {
            throw .expectation("The guest has not been let run yet.", details: context.stopDetails())
        }
        if took <= time.nanoseconds { return }
        throw .expectation(
            "The guest stopped too late.",
            details: [("expected", "within \(time.description)"), ("took", Quantity.seconds(took))]
                + context.stopDetails())
    }

    static let names = [
        "breakpoint", "ebreak", "watchpoint", "step", "console", "shutdown", "reset", "exit", "interrupt", "timeout",
        "error",
    ]

    private static func reason(_ arguments: inout Arguments) throws(CommandError) -> String {
        guard let (word, span) = arguments.takeWord() else {
            throw .syntax("A reason is missing: one of \(names.joined(separator: ", ")).", arguments.restSpan)
        }
        guard names.contains(word) else {
            throw .syntax("\"\(word)\" is no reason for a stop: one of \(names.joined(separator: ", ")).", span)
        }
        return word
    }

    private static func number(_ arguments: inout Arguments, for reason: String) throws(CommandError) -> Int? {
        guard ["breakpoint", "watchpoint", "exit"].contains(reason), let word = arguments.peekWord(), word != "at",
            word != "within"
        else {
            return nil
        }
        let span = arguments.takeWord()?.span ?? arguments.restSpan
        guard let number = Number.parse(word).flatMap({ Int(exactly: $0) }) else {
            throw .syntax("A number or \"at\" is expected here, not \"\(word)\".", span)
        }
        return number
    }
}

extension StopReason {
    /// Whether a breakpoint or watchpoint of this number, or this exit code, is part of the reason.
    fileprivate func has(_ number: Int) -> Bool {
        switch self {
        case .breakpoint(let numbers), .watchpoint(let numbers): return numbers.contains(number)
        case .exit(let code): return code == number
        default: return false
        }
    }
}
