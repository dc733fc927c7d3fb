import Debugger
import Guest
import Target

/// `info mem`: the memory slots of the VM.
enum InfoMem {
    static var command: Command {
        Command(
            name: "mem", aliases: ["memory"], group: .status,
            usage: ["info mem"],
            summary: "List the VM's memory slots",
            help: """
                Lists the memory slots of the VM, lowest guest-physical address first: the slot's number, the addresses, the
                size, whether the guest can write it, and how much of the host memory behind it is in use. A store to a
                read-only slot exits to kvmdbg; memory in no slot is a device's, or nobody's.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                let slots = try context.engine { (session) throws(DebuggerError) in try session.memorySlots() }
                if slots.isEmpty { context.line("The VM has no memory slots.") }
                for slot in slots {
                    let last = slot.region.end - 1
                    let resident = slot.residentByteCount.map { ", \(Quantity.bytes($0)) in use on the host" } ?? ""
                    context.line(
                        "slot \(slot.number)  GPA \(slot.region.start.description) to \(last.description)  "
                            + "\(Quantity.bytes(slot.region.byteCount)), \(slot.isReadOnly ? "read-only" : "read-write")"
                            + resident)
                }
            }
        }
    }
}
