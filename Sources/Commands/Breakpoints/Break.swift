import Debugger
import Guest
import Reports

/// `break [LOCATION] [if CONDITION]`: set a breakpoint.
enum Break {
    static var command: Command {
        Command(
            name: "break", aliases: ["b", "br", "brea"], group: .breakpoints,
            usage: [
                "break [vcpu N] [if CONDITION]", "break SYMBOL [vcpu N] [if CONDITION]",
                "break SYMBOL+BYTES [vcpu N] [if CONDITION]", "break FILE:LINE [vcpu N] [if CONDITION]",
                "break *EXPRESSION [vcpu N] [if CONDITION]", "break phys:EXPRESSION [vcpu N] [if CONDITION]",
            ],
            summary: "Set a breakpoint",
            help: """
                Sets a breakpoint at a symbol, some bytes behind one, at the code of a source line, or at the address that an
                expression has; without a location, where the guest stands. FILE is the path of a source file or the end of it; where
                LINE has no code, the next line that has is taken, and where it has code in several places, the lowest. It can
                be set before the guest runs. It is written into the guest's
                physical memory: by the guest's page tables while its paging is on, before that by the place that the
                ELF file gives the segment, so that a kernel that is linked high can be stopped before it turns its paging
                on. A location that has no physical address yet is pending and is tried again at each stop. "phys:" names the
                physical address itself. With a CONDITION the guest stops only where that is true; one that cannot be evaluated
                stops it and says so. With "vcpu N" it stops that virtual CPU only. Where the guest goes on from it, integer
                arithmetic, a branch or a jump to a fixed address under it is carried out for the guest. $bpnum is the number of the breakpoint that was set last.
                """,
            completion: .symbols, parse: parser(.keep))
    }

    /// Parses what follows `break` and `tbreak`.
    static func parser(
        _ disposition: Breakpoint.Disposition
    ) -> (inout Arguments, ParseContext) throws(CommandError) -> Action {
        { (arguments, context) throws(CommandError) in
            let location = try Location(&arguments, before: ["vcpu", "if"], context)
            let vcpu = try VCPUNumber.takeIfNamed(&arguments)
            let condition = try Condition(&arguments, context)
            return { (context) throws(CommandError) in
                let place = try location.place(context)
                let breakpoint = try context.engine { (session) throws(DebuggerError) in
                    try session.setBreakpoint(
                        at: place, location: location.isHere ? "*" + place.description : location.text,
                        name: location.name, condition: condition?.parsed, vcpu: vcpu, disposition: disposition)
                }
                let kind = disposition == .delete ? "Temporary breakpoint" : "Breakpoint"
                context.line("\(kind) \(breakpoint.number) at \(context.placeText(place))")
                if case .pending(let why) = breakpoint.state { context.line("  pending: \(why)") }
                if !context.session.guestDebug {
                    context.line("  Guest debug is off, so it cannot be hit: switch it on with \"guestdbg on\".")
                }
            }
        }
    }
}

/// `tbreak …`: set a breakpoint for one stop.
enum TBreak {
    static var command: Command {
        Command(
            name: "tbreak", aliases: ["tb", "tbr"], group: .breakpoints,
            usage: ["tbreak [LOCATION] [vcpu N] [if CONDITION]"],
            summary: "Set a breakpoint that is deleted when it stopped the guest",
            help: "As \"break\", but for one stop only.",
            completion: .symbols, parse: Break.parser(.delete))
    }
}

extension Context {
    /// A place as it is shown: "0x80000010 <main+4>", "phys:0x80000010".
    func placeText(_ place: CodePlace) -> String {
        switch place {
        case .virtual(let address): return addressText(address)
        case .physical: return style.address(place.description)
        }
    }
}
