import Debugger

/// `if EXPRESSION … else … end`.
enum If {
    static var command: Command {
        Command(
            name: "if", group: .control,
            usage: ["if EXPRESSION"],
            summary: "Carry out lines only if an expression is true",
            help: """
                The lines that follow, up to "else" or "end", are carried out if EXPRESSION has a value other than zero. Behind
                them can stand "else if EXPRESSION" with lines of its own, any number of times, and then "else" with those for
                all other cases.
                """,
            completion: .expressions, repetition: .never, block: .commands
        ) { (arguments, parsing) throws(CommandError) in
            var branches: [Branch] = []
            do throws(CommandError) {
                branches.append(Branch(condition: try parsing.expression(&arguments)))
            } catch { branches.append(try misunderstood(error, parsing.text, parsing)) }
            _ = arguments.takeRest()
            var bodies: [[Statement]] = [[]]
            for statement in arguments.block {
                guard let (rest, span) = ElseWord.rest(of: statement.text) else {
                    bodies[bodies.count - 1].append(statement)
                    continue
                }
                do throws(CommandError) {
                    branches.append(
                        try branch(rest, span, statement.text, after: branches[branches.count - 1], parsing))
                } catch { branches.append(try misunderstood(error, statement.text, parsing)) }
                bodies.append([])
            }
            for index in branches.indices {
                branches[index].commands = try parsing.block(bodies[index], inherits: true)
            }
            let parsed = branches
            return { (context) throws(CommandError) in
                for branch in parsed where try branch.isTaken(context) {
                    return try context.carryOutWithin(branch.commands)
                }
            }
        }
    }

    /// The branch that `else` begins, which `rest` at `span` follows.
    private static func branch(
        _ rest: String, _ span: SourceSpan, _ text: CommandText, after last: Branch, _ parsing: ParseContext
    ) throws(CommandError) -> Branch {
        if last.isLast { throw .syntax("An \"else\" stands before this already.", SourceSpan(0, 4)) }
        if rest.isEmpty { return Branch(condition: nil, isLast: true) }
        guard rest == "if" || rest.utf8.starts(with: "if ".utf8) || rest.utf8.starts(with: "if\t".utf8) else {
            throw .syntax("\"if EXPRESSION\" or nothing is expected behind \"else\".", span)
        }
        let condition = SourceSpan(span.start + 2, span.end)
        if rest == "if" { throw .syntax("An expression is missing.", SourceSpan(span.end, span.end)) }
        parsing.check?.begin(text)
        return Branch(condition: try parsing.expression(at: condition, of: text.text))
    }

    /// What stands for a branch whose line `text` cannot be understood, where all that is wrong is wanted. Throws `.script`
    /// elsewhere.
    private static func misunderstood(
        _ error: CommandError, _ text: CommandText, _ parsing: ParseContext
    ) throws(CommandError) -> Branch {
        let problem = Script.Problem(error: error, text: text)
        guard let check = parsing.check else { throw .script(problem) }
        check.found(problem)
        return Branch(condition: nil)
    }

    private struct Branch {
        /// nil for the `else` that takes what is left, and for what cannot be understood.
        let condition: Expression?
        /// Whether it is that `else`.
        var isLast = false
        var commands: [PreparedCommand] = []

        func isTaken(_ context: Context) throws(CommandError) -> Bool {
            guard let condition else { return true }
            return try context.isTrue(condition)
        }
    }
}

extension Context {
    /// Whether `expression` has a value other than zero. Throws `.failed`.
    func isTrue(_ expression: Expression) throws(CommandError) -> Bool {
        try asking { (session) throws(ExpressionError) in try expression.compare(in: session).isTrue }
    }
}
