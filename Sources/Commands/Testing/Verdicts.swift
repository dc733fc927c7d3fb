import Debugger
import Reports

/// `todo "REASON"`: a failure that is known.
enum Todo {
    static var command: Command {
        Command(
            name: "todo", group: .testing, usage: ["todo \"REASON\"[, EXPRESSION, …]"],
            summary: "Let what fails from here on not count: it is known to fail",
            help: """
                From here to the end of the test, or of the script outside of tests, a failure is known: it ends the test as ever,
                is reported with REASON, a format as that of "printf", and does not count.
                """,
            repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let reason = try parsing.formatted(&arguments, "The reason")
            return { (context) throws(CommandError) in context.scope.knownReason = try context.text(of: reason) }
        }
    }
}

/// `skip "REASON"`.
enum Skip {
    static var command: Command {
        Command(
            name: "skip", group: .testing, usage: ["skip \"REASON\"[, EXPRESSION, …]"],
            summary: "Leave out the rest of the test, or of the script",
            help: """
                Ends the test as skipped, for REASON, a format as that of "printf"; outside of tests the script, with exit
                status 4.
                """,
            repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let reason = try parsing.formatted(&arguments, "The reason")
            return { (context) throws(CommandError) in throw .unavailable(try context.text(of: reason)) }
        }
    }
}

/// `fail "TEXT"`.
enum Fail {
    static var command: Command {
        Command(
            name: "fail", group: .testing, usage: ["fail \"TEXT\"[, EXPRESSION, …]"],
            summary: "Fail, with a text",
            help: "Fails as an expectation that does not hold; TEXT, a format as that of \"printf\", says why.",
            repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let text = try parsing.formatted(&arguments, "The text")
            return { (context) throws(CommandError) in
                throw .expectation(try context.text(of: text), details: context.stopDetails())
            }
        }
    }
}

/// `pass "TEXT"`.
enum Pass {
    static var command: Command {
        Command(
            name: "pass", group: .testing, usage: ["pass \"TEXT\"[, EXPRESSION, …]"],
            summary: "Count as an expectation that holds, with a text",
            help: "Reports an expectation that holds; TEXT, a format as that of \"printf\", says which.",
            repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            let text = try parsing.formatted(&arguments, "The text")
            return { (context) throws(CommandError) in context.passed(try context.text(of: text)) }
        }
    }
}

/// `note "TEXT"` and `note EXPRESSION`.
enum Note {
    static var command: Command {
        Command(
            name: "note", group: .testing, usage: ["note \"TEXT\"[, EXPRESSION, …]", "note EXPRESSION"],
            summary: "Put a text or a value into the report",
            help: """
                Puts TEXT, a format as that of "printf", or EXPRESSION with its value into the report, which has it stand out from
                what commands print.
                """,
            completion: .expressions, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.rest.utf8.first == UInt8(ascii: "\"") {
                let text = try parsing.formatted(&arguments, "The text")
                return { (context) throws(CommandError) in context.report.note(try context.text(of: text)) }
            }
            let written = arguments.rest
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                let value = try context.evaluate(expression)
                context.report.note("\(written) = \(context.text(of: value))")
            }
        }
    }
}
