import Debugger
import Guest
import RISCV
import Target

/// `info vcpu`: the state of the vCPU beyond its registers' numbers.
enum InfoVCPU {
    static var command: Command {
        Command(
            name: "vcpu", group: .status,
            usage: ["info vcpu"],
            summary: "Show the state of the virtual CPU",
            help: """
                Shows the virtual CPU: its id, whether it is runnable, privilege mode, pc, whether guest debug is on in the
                kernel, the paging mode, which interrupts are enabled and pending, when the timer fires, and whether an exit
                waits to be completed by the next run.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                // Before any register: reading one completes a pending exit.
                let status = try context.engine { (session) throws(DebuggerError) in try session.vcpuStatus() }
                let facts = try context.engine { (session) throws(DebuggerError) in try Facts(session) }
                let stop = context.session.stop
                show("vCPU", "\(status.id), hart \(status.id), \(status.multiprocessingState)", context)
                show("mode", PrivilegeMode(rawValue: facts.mode)?.name ?? "\(facts.mode)", context)
                show("pc", context.addressText(facts.pc), context)
                show("guest debug", guestDebug(status, context), context)
                show("paging", paging(SATP(facts.satp)), context)
                show("interrupts", interrupts(facts), context)
                show("timer", timer(context), context)
                show(
                    "exit", status.pendingExit.map { $0 + ", which the next run completes" } ?? "none pending", context)
                let reason = status.endReason ?? (stop?.canResume == false ? "it has ended." : nil)
                show("goes on", reason.map { "no: " + $0 } ?? "yes", context)
            }
        }
    }

    /// The registers that are needed, each read once.
    private struct Facts {
        let mode: UInt64
        let pc: GuestVirtualAddress
        let satp: UInt64
        let sstatus: UInt64
        let sie: UInt64
        let sip: UInt64

        init(_ session: Session) throws(DebuggerError) {
            mode = try session.registerValue(.mode)
            pc = try session.pc()
            satp = try session.registerValue(.satp)
            sstatus = try session.registerValue(.sstatus)
            sie = try session.registerValue(.sie)
            sip = try session.registerValue(.sip)
        }
    }

    private static func show(_ name: String, _ text: String, _ context: Context) {
        context.line(Quantity.column(name, 13) + text)
    }

    private static func guestDebug(_ status: VCPUStatus, _ context: Context) -> String {
        let now = status.guestDebug ? "on" : "off"
        if status.guestDebug == context.session.guestDebug { return now }
        return now + ", " + (context.session.guestDebug ? "on" : "off") + " from the next run on"
    }

    private static func paging(_ satp: SATP) -> String {
        guard let mode = satp.mode else { return "satp's mode \(satp.modeNumber), which is reserved" }
        if mode == .bare { return "off" }
        return "\(mode.name), ASID \(satp.asid), root table at GPA \(satp.root.description)"
    }

    /// "enabled (SIE): timer, software; pending: timer".
    private static func interrupts(_ facts: Facts) -> String {
        let global: String
        if facts.mode == PrivilegeMode.user.rawValue {
            global = "enabled in U-mode"
        } else {
            global = facts.sstatus & SStatus.sie != 0 ? "enabled (sstatus.SIE 1)" : "disabled (sstatus.SIE 0)"
        }
        return global + "; in sie: " + names(facts.sie) + "; pending: " + names(facts.sip)
    }

    private static func names(_ bits: UInt64) -> String {
        var names: [String] = []
        for (bit, name) in [(1, "software"), (5, "timer"), (9, "external"), (13, "counter overflow")]
            as [(UInt64, String)]
        where bits >> bit & 1 != 0 {
            names.append(name)
        }
        let others = bits & ~(1 << 1 | 1 << 5 | 1 << 9 | 1 << 13)
        if others != 0 { names.append("further bits " + hex(others)) }
        return names.isEmpty ? "none" : names.joined(separator: ", ")
    }

    private static func timer(_ context: Context) -> String {
        func value(_ name: String) -> UInt64? {
            guard let id = context.session.registers.register(named: name)?.id else { return nil }
            return try? context.session.registerValue(id)
        }
        guard let frequency = value("timer.frequency"), let time = value("timer.time"),
            let compare = value("timer.compare"), let state = value("timer.state")
        else { return "not known: this vCPU has no timer registers" }
        let now = "time \(time), \(frequency) Hz"
        if state == 0 { return "off, \(now)" }
        if compare <= time {
            return "on, due since \(distance(time - compare, frequency)) (compare \(compare), \(now))"
        }
        if compare == .max { return "on, never due (compare \(hex(compare)), \(now))" }
        return "on, due in \(distance(compare - time, frequency)) (compare \(compare), \(now))"
    }

    private static func distance(_ ticks: UInt64, _ frequency: UInt64) -> String {
        guard frequency > 0 else { return "\(ticks) ticks" }
        let whole = ticks / frequency
        let rest = ticks % frequency
        guard whole < 1 << 33, frequency < 1 << 33 else { return "\(ticks) ticks" }
        return Quantity.seconds(whole * 1_000_000_000 + rest * 1_000_000_000 / frequency)
    }
}
