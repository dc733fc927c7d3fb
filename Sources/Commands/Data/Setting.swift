import Debugger

/// A setting of kvmdbg, changed by `set NAME VALUE` and shown by `show NAME`.
struct Setting {
    /// The name: "step-interrupts".
    let name: String
    /// How a value is written: "masked|follow".
    let usage: String
    /// The words that can be completed.
    let values: [String]
    /// What it is about, in one line without a full stop.
    let summary: String
    /// All there is to say.
    let help: String
    /// The value that it has.
    let get: (Context) -> String
    /// What is wrong with a value, as a sentence; nil where nothing is.
    let problem: (String) -> String?
    /// Gives it a value with which nothing is wrong, such as `get` gave.
    let set: (Context, String) -> Void

    /// All settings.
    static var all: [Setting] { [schedulerLocking, seed, semihosting, stepInterrupts, timeout] }

    private static var seed: Setting {
        Setting(
            name: "seed", usage: "NUMBER", values: [],
            summary: "Where the numbers of $random begin",
            help: """
                $random gives another number of 64 bits each time, and the same ones in the same order for the same seed. At the
                start the seed is another one in each session; a failure shows it, if a number was taken.
                """,
            get: { "\($0.session.random.seed)" },
            problem: { Number.parse($0) == nil ? "\"\($0)\" is no number." : nil },
            set: { (context, value) in context.session.random = RandomNumbers(seed: Number.parse(value) ?? 0) })
    }

    private static var timeout: Setting {
        Setting(
            name: "timeout", usage: "T|off", values: ["off"],
            summary: "How long a command may let the guest run",
            help: """
                off (the start state): until there is something to tell. T, as in 500ms, 2s, 1m or 1h: each command that lets the
                guest run, as "run", "continue", "stepi" and "until", stops it when this time is over, and a script then ends
                with exit status 124.
                """,
            get: { $0.limits.command.map { $0.description } ?? "off" },
            problem: { (value) in
                value == "off" || TimeSpan.parse(value) != nil
                    ? nil : "\"\(value)\" is no time: \(TimeSpan.forms), or off."
            },
            set: { (context, value) in context.limits.command = TimeSpan.parse(value) })
    }

    private static var schedulerLocking: Setting {
        Setting(
            name: "scheduler-locking", usage: "off|step|on", values: ["off", "step", "on"],
            summary: "Which vCPUs run with the current one",
            help: """
                step (the start state): "stepi" and "nexti" let the current vCPU run alone, all others are held; "continue" and the
                like let all run. off: all run also while "nexti" runs over a call. on: the current one alone runs, whatever the
                command. A single instruction, and the one under a breakpoint that the guest has to execute, is always executed with the others held.
                """,
            get: { $0.session.schedulerLocking.name },
            problem: { ["off", "step", "on"].contains($0) ? nil : "\"\($0)\" is none of off, step, on." },
            set: { (context, value) in
                context.session.schedulerLocking = value == "off" ? .off : value == "on" ? .on : .step
            })
    }

    private static var semihosting: Setting {
        Setting(
            name: "semihosting", usage: "on|off", values: ["on", "off"],
            summary: "Whether the guest's semihosting calls are answered",
            help: """
                on (the start state): an ebreak between "slli x0,x0,0x1f" and "srai x0,x0,7" is a call of RISC-V semihosting; it
                is carried out, and the guest goes on behind it. The guest prints and reads at its console, asks the time, and
                ends with an exit code; files it can use with "machine semihosting DIR". off: such an ebreak is one of the guest's
                own as any other ("handle ebreak"). While guest debug is off no call comes here.
                """,
            get: { $0.session.semihosting ? "on" : "off" },
            problem: { ["on", "off"].contains($0) ? nil : "\"\($0)\" is none of on, off." },
            set: { (context, value) in context.session.semihosting = value == "on" })
    }

    private static var stepInterrupts: Setting {
        Setting(
            name: "step-interrupts", usage: "masked|follow", values: ["masked", "follow"],
            summary: "Whether a step lets the guest take interrupts",
            help: """
                masked (the start state): no interrupt is taken during "stepi" and "nexti"; they stay pending, and the guest's sie
                and sstatus are its own for all that it can see. follow: an interrupt that is pending is taken, and the step
                ends in its handler.
                """,
            get: { $0.session.stepInterrupts.name },
            problem: { $0 == "masked" || $0 == "follow" ? nil : "\"\($0)\" is none of masked, follow." },
            set: { (context, value) in context.session.stepInterrupts = value == "follow" ? .follow : .masked })
    }

    /// `set NAME VALUE`.
    var setCommand: Command {
        Command(
            name: name, group: .data, usage: ["set \(name) \(usage)"], summary: summary,
            help: help, completion: .words(values), repetition: .never
        ) { (arguments, _) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                throw .syntax("A value is missing: \(usage).", arguments.restSpan)
            }
            if let problem = problem(word) { throw .syntax(problem, span) }
            return { (context) throws(CommandError) in set(context, word) }
        }
    }

    /// `show NAME`.
    var showCommand: Command {
        Command(
            name: name, group: .status, usage: ["show \(name)"], summary: summary, help: help
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in context.line(get(context)) }
        }
    }
}

/// `show NAME`: a setting.
enum Show {
    static var command: Command {
        Command(
            name: "show", group: .status, usage: ["show SETTING"], summary: "Show a setting",
            help: "Shows the value of a setting; \"set\" changes it.",
            subcommands: Setting.all.map { $0.showCommand } + [SetConsole.showCommand])
    }
}
