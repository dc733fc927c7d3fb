import Debugger
import Guest
import RISCV
import Target

/// `info vcpus`: the list of virtual CPUs.
enum InfoVCPUs {
    static var command: Command {
        Command(
            name: "vcpus", group: .status,
            usage: ["info vcpus"],
            summary: "List the virtual CPUs",
            help: """
                Lists the virtual CPUs, the current one marked: number, which is the hart id; whether it is runnable, or stopped until the
                guest starts it by SBI HSM; privilege mode; pc.
                """
        ) { (_, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                guard context.session.hasGuest else { throw CommandError(.noGuest) }
                for number in 0..<context.session.vcpuCount {
                    let (status, mode, pc) = try context.engine { (session) throws(DebuggerError) in
                        try session.withVCPU(number) { () throws(DebuggerError) in
                            (try session.vcpuStatus(), try session.registerValue(.mode), try session.pc())
                        }
                    }
                    let mark = number == context.session.currentVCPU ? "*" : " "
                    let name = PrivilegeMode(rawValue: mode)?.name ?? "\(mode)"
                    context.line(
                        "\(mark) \(number)  " + Quantity.column(status.multiprocessingState, 10) + name + "  "
                            + context.addressText(pc))
                }
            }
        }
    }
}
