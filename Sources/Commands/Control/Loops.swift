import Debugger
import Reports

/// How a loop's body is left before its end.
enum LoopExit {
    /// The loop is over.
    case end
    /// The next round begins.
    case next
}

/// `while EXPRESSION … end`.
enum While {
    static var command: Command {
        Command(
            name: "while", group: .control, usage: ["while EXPRESSION"],
            summary: "Carry out lines as long as an expression is true",
            help: """
                The lines that follow, up to "end", are carried out again and again, as long as EXPRESSION has a value other than
                zero before them. "loop_break" and "loop_continue" leave them early; Ctrl-C ends the loop.
                """,
            completion: .expressions, repetition: .never, block: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let condition = try parsing.expression(&arguments)
            let commands = try parsing.block(arguments.block, isLoop: true)
            return { (context) throws(CommandError) in
                try context.carryOutRounds(commands) { () throws(CommandError) in try context.isTrue(condition) }
            }
        }
    }
}

/// `repeat COUNT … end`.
enum Repeat {
    static var command: Command {
        Command(
            name: "repeat", group: .control, usage: ["repeat COUNT"],
            summary: "Carry out lines a number of times",
            help: """
                The lines that follow, up to "end", are carried out as often as the expression COUNT says when the loop begins.
                "loop_break" and "loop_continue" leave them early; Ctrl-C ends the loop.
                """,
            completion: .expressions, repetition: .never, block: .commands
        ) { (arguments, parsing) throws(CommandError) in
            let span = arguments.restSpan
            let expression = try parsing.expression(&arguments)
            let commands = try parsing.block(arguments.block, isLoop: true)
            return { (context) throws(CommandError) in
                let value = try context.evaluate(expression)
                guard value.isInteger, let bits = value.bits, !value.isSigned || Int64(bitPattern: bits) >= 0 else {
                    throw .failed("A number of times is expected, 0 or more.", span)
                }
                var left = bits
                try context.carryOutRounds(commands) { () throws(CommandError) in
                    if left == 0 { return false }
                    left -= 1
                    return true
                }
            }
        }
    }
}

/// `loop_break` and `loop_continue`: out of the body of a loop.
enum LeaveLoop {
    static var breakCommand: Command {
        command(
            "loop_break", .end, "Leave the loop", "Goes on behind the \"end\" of the innermost \"while\" or \"repeat\"."
        )
    }

    static var continueCommand: Command {
        command(
            "loop_continue", .next, "Begin the next round of the loop",
            "Leaves out what is left of the innermost \"while\" or \"repeat\" in this round.")
    }

    private static func command(_ name: String, _ exit: LoopExit, _ summary: String, _ help: String) -> Command {
        Command(name: name, group: .control, usage: [name], summary: summary, help: help, repetition: .never) {
            (arguments, parsing) throws(CommandError) in
            guard parsing.isInLoop else {
                throw .syntax("This stands in no loop.", SourceSpan(0, arguments.text.utf8.count))
            }
            return { (context) throws(CommandError) in
                context.loopExit = exit
                throw .ended(.ended(.passed))
            }
        }
    }
}

extension Context {
    /// Carries out the body of a loop as long as `goesOn` says before it. The commands of the first round are told, as those of
    /// further ones are the same.
    func carryOutRounds(
        _ commands: [PreparedCommand], while goesOn: () throws(CommandError) -> Bool
    ) throws(CommandError) {
        let isOuterTold = tellsCommands
        defer { tellsCommands = isOuterTold }
        while try goesOn() {
            try checkInterruption()
            let run = runNumber
            let outcome = carryOut(commands)
            if let exit = loopExit {
                loopExit = nil
                if exit == .end { return }
            } else if outcome != .done {
                throw .ended(outcome)
            }
            if isDraining, run != runNumber { return }
            tellsCommands = false
        }
    }
}
