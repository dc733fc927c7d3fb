import Debugger

/// `guestdbg on|off`: the kernel's switch.
enum GuestDebug {
    static var command: Command {
        Command(
            name: "guestdbg", group: .running,
            usage: ["guestdbg", "guestdbg on|off"],
            summary: "Switch KVM_GUESTDBG_ENABLE: who gets the guest's ebreak",
            help: """
                On (the start state): an ebreak that the guest executes stops it here. Off: the guest's own trap handler takes
                it, as without a debugger. It is effective from the next time that the guest runs on. While it is off, no
                breakpoint is in the guest's memory, and none is hit; an ebreak at which the guest stands is its own to
                take. Without an argument: shows which it is.
                """,
            completion: .words(["on", "off"])
        ) { (arguments, _) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                return { (context) throws(CommandError) in
                    context.line("Guest debug is \(context.session.guestDebug ? "on" : "off").")
                }
            }
            guard word == "on" || word == "off" else { throw .syntax("\"on\" or \"off\" is expected here.", span) }
            return { (context) throws(CommandError) in
                context.session.setGuestDebug(word == "on")
                if word == "off" && context.session.hasBreakpoints {
                    context.line("Breakpoints are not hit while guest debug is off.")
                }
            }
        }
    }
}
