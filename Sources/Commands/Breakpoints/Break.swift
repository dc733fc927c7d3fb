import Debugger
import Guest

/// `break [LOCATION]`: set a breakpoint.
enum Break {
    static var command: Command {
        Command(
            name: "break", aliases: ["b", "br", "brea"], group: .breakpoints,
            usage: ["break", "break SYMBOL", "break SYMBOL+BYTES", "break *EXPRESSION"],
            summary: "Set a breakpoint",
            help: """
                Sets a breakpoint at a symbol, some bytes behind one, or at the address that an expression has; without an
                argument, where the guest stands. It can be set before the guest runs. It is written into the guest's
                physical memory: by the guest's page tables while its paging is on, before that by the place that the
                ELF file gives the segment, so that a kernel that is linked high can be stopped before it turns its paging
                on. A location that has no physical address yet is pending and is tried again at each stop.
                """,
            completion: .symbols
        ) { (arguments, context) throws(CommandError) in
            let location = try Location(&arguments, context)
            return { (context) throws(CommandError) in
                let address = try location.address(context)
                let breakpoint = try context.engine { (session) throws(DebuggerError) in
                    try session.setBreakpoint(
                        at: address, location: location.text.isEmpty ? "*\(address.description)" : location.text,
                        symbol: location.symbol)
                }
                context.line("Breakpoint \(breakpoint.number) at \(context.addressText(address))")
                if case .pending(let why) = breakpoint.state { context.line("  pending: \(why)") }
                if !context.session.guestDebug {
                    context.line("  Guest debug is off, so it cannot be hit: switch it on with \"guestdbg on\".")
                }
            }
        }
    }
}
