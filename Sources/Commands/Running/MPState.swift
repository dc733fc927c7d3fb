import Debugger
import Guest
import Target

/// `mpstate [runnable|stopped|NUMBER]`: whether the vCPU runs at all.
enum MPState {
    static var command: Command {
        Command(
            name: "mpstate", group: .running,
            usage: ["mpstate", "mpstate runnable|stopped|NUMBER"],
            summary: "Set the vCPU's multiprocessing state by KVM_SET_MP_STATE, or show it",
            help: """
                runnable: the vCPU executes the guest when it is let run. stopped: it waits, as a hart does that has called the SBI's
                hart_stop, until it is made runnable. A number is handed to the kernel as it is. Without an argument: shows
                what KVM_GET_MP_STATE says.
                """,
            completion: .words(["runnable", "stopped"])
        ) { (arguments, _) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                return { (context) throws(CommandError) in
                    let status = try context.engine { (session) throws(DebuggerError) in try session.vcpuStatus() }
                    context.line(status.multiprocessingState)
                }
            }
            let state: UInt32
            switch word {
            case "runnable": state = 0
            case "stopped": state = 5
            default:
                guard let number = Number.parse(word).flatMap({ UInt32(exactly: $0) }) else {
                    throw .syntax("\"runnable\", \"stopped\" or a number is expected here.", span)
                }
                state = number
            }
            return { (context) throws(CommandError) in
                try context.engine { (session) throws(DebuggerError) in try session.setMultiprocessingState(state) }
            }
        }
    }
}
