import Debugger
import RISCV

/// `until LOCATION`: run to a place in this function.
enum UntilCommand {
    static var command: Command {
        Command(
            name: "until", aliases: ["u"], group: .running,
            usage: ["until LOCATION"],
            summary: "Run to a place in this call of the function, or to its end",
            help: """
                Lets the guest run until it is at LOCATION with a stack that is no deeper than now, so that recursive calls are
                passed, or until the function that it is in has returned.
                """,
            completion: .symbols, parse: Advance.parser(sameFrame: true))
    }
}

/// `advance LOCATION`: run to a place.
enum Advance {
    static var command: Command {
        Command(
            name: "advance", group: .running,
            usage: ["advance LOCATION"],
            summary: "Run to a place, or to the end of this function",
            help: """
                Lets the guest run until it is at LOCATION, in whatever call, or until the function that it is in has returned.
                """,
            completion: .symbols, parse: parser(sameFrame: false))
    }

    static func parser(sameFrame: Bool) -> (inout Arguments, ParseContext) throws(CommandError) -> Action {
        { (arguments, parsing) throws(CommandError) in
            if arguments.isEmpty { throw .syntax("A location is missing.", arguments.restSpan) }
            let location = try Location(&arguments, parsing)
            return { (context) throws(CommandError) in
                let address = try location.address(context)
                try context.resume { (session) throws(DebuggerError) in
                    try session.advance(to: address, sameFrame: sameFrame)
                }
            }
        }
    }
}

/// `finish`: run to the end of the function.
enum Finish {
    static var command: Command {
        Command(
            name: "finish", aliases: ["fin"], group: .running,
            usage: ["finish"],
            summary: "Run until this function has returned",
            help: """
                Lets the guest run until the function that it is in has returned to its caller, and shows a0, in which values are
                returned. Where it returns to is ra, or where the instructions from the function's symbol up to pc have stored
                that. Recursive calls that return to the same place are passed.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                try context.resume { (session) throws(DebuggerError) in try session.finish() }
                guard context.session.stop?.reason == .step else { return }
                let value = try context.engine { (session) throws(DebuggerError) in try session.registerValue(.a0) }
                context.line("a0 is \(context.bothForms(Value(value, .i64))).")
            }
        }
    }
}

/// `jump LOCATION`: go on elsewhere.
enum Jump {
    static var command: Command {
        Command(
            name: "jump", aliases: ["j"], group: .running,
            usage: ["jump LOCATION"],
            summary: "Set pc to a place and let the guest go on from there",
            help:
                "As \"set $pc = ADDRESS\" and \"continue\". A breakpoint at the place is hit. Nothing else is changed.",
            completion: .symbols, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.isEmpty { throw .syntax("A location is missing.", arguments.restSpan) }
            let location = try Location(&arguments, parsing)
            return { (context) throws(CommandError) in
                let address = try location.address(context)
                try context.resume { (session) throws(DebuggerError) in try session.jump(to: address) }
            }
        }
    }
}
