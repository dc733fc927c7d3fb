import Debugger

/// A setting of kvmdbg, changed by `set NAME VALUE` and shown by `show NAME`.
struct Setting {
    /// The name: "step-interrupts".
    let name: String
    /// What can follow it.
    let values: [String]
    /// What it is about, in one line without a full stop.
    let summary: String
    /// All there is to say.
    let help: String
    /// The value that it has.
    let get: (Context) -> String
    /// Gives it one of `values`.
    let set: (Context, String) -> Void

    /// All settings.
    static var all: [Setting] { [stepInterrupts] }

    private static var stepInterrupts: Setting {
        Setting(
            name: "step-interrupts", values: ["masked", "follow"],
            summary: "Whether a step lets the guest take interrupts",
            help: """
                masked (the start state): no interrupt is taken during "stepi" and "nexti"; they stay pending, and the guest's sie
                and sstatus are its own for all that it can see. follow: an interrupt that is pending is taken, and the step
                ends in its handler.
                """,
            get: { $0.session.stepInterrupts.name },
            set: { (context, value) in context.session.stepInterrupts = value == "follow" ? .follow : .masked })
    }

    /// `set NAME VALUE`.
    var setCommand: Command {
        Command(
            name: name, group: .data, usage: ["set \(name) \(values.joined(separator: "|"))"], summary: summary,
            help: help, completion: .words(values), repetition: .never
        ) { (arguments, _) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                throw .syntax("A value is missing: \(values.joined(separator: ", ")).", arguments.restSpan)
            }
            guard values.contains(word) else {
                throw .syntax("\"\(word)\" is none of \(values.joined(separator: ", ")).", span)
            }
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
            subcommands: Setting.all.map { $0.showCommand })
    }
}
