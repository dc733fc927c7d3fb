import Debugger

/// `info display`: the list.
enum InfoDisplay {
    static var command: Command {
        Command(
            name: "display", group: .data,
            usage: ["info display"],
            summary: "List the displays",
            help:
                "Lists the expressions that are shown at each stop: number, whether it is shown (y or n), format, expression."
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                if context.displays.items.isEmpty {
                    context.line("There are no auto-display expressions now.")
                    return
                }
                context.line("Auto-display expressions now in effect:")
                context.line("Num Enb Expression")
                for item in context.displays.items {
                    var prefix = item.form.prefix
                    // As GDB has it: "/4xw $sp", without the x that stands before it at a stop.
                    if case .memory = item.form { prefix = String(prefix.dropFirst()) }
                    context.line("\(item.number):   \(item.isEnabled ? "y" : "n")  \(prefix)\(item.text)")
                }
            }
        }
    }
}
