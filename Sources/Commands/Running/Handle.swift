import Debugger

/// `handle ebreak [stop|pass|skip]`: what happens at the guest's own ebreak.
enum Handle {
    static var command: Command {
        Command(
            name: "handle", group: .running,
            usage: ["handle ebreak", "handle ebreak stop|pass|skip"],
            summary: "Say what happens at an ebreak of the guest's own",
            help: """
                stop (the start state): the guest stops here. pass: the guest takes the breakpoint exception at its trap handler,
                as the hardware would deliver it; the breakpoints stay armed, which they do not with "guestdbg off". skip: the
                guest goes on behind the ebreak. Without one of these: shows which it is. For one ebreak: "continue --pass".
                """,
            completion: .words(["ebreak", "stop", "pass", "skip"])
        ) { (arguments, _) throws(CommandError) in
            guard arguments.peekWord() == "ebreak" else {
                throw .syntax("\"ebreak\" is expected here.", arguments.restSpan)
            }
            _ = arguments.takeWord()
            guard let (word, place) = arguments.takeWord() else {
                return { (context) throws(CommandError) in
                    context.line("ebreak: \(context.session.ebreakPolicy.name)")
                }
            }
            guard let policy = [EbreakPolicy.stop, .pass, .skip].first(where: { $0.name == word }) else {
                throw .syntax("\"stop\", \"pass\" or \"skip\" is expected here.", place)
            }
            return { (context) throws(CommandError) in context.session.ebreakPolicy = policy }
        }
    }
}
