import Debugger
import Guest
import Host
import RISCV
import Reports

/// `info pagetables [RANGE]`: what is mapped.
enum InfoPageTables {
    static var command: Command {
        Command(
            name: "pagetables", group: .status,
            usage: ["info pagetables", "info pagetables START,END", "info pagetables START,+BYTES"],
            summary: "List what the guest's page tables map",
            help: """
                Lists the virtual addresses that the guest's page tables map now, all or those of a range: neighbours with the
                same permissions (r read, w write, x execute, u U-mode, g global, a accessed, d dirty), the same page size
                and physical addresses that follow one another are one line. Entries that no hart accepts are listed too,
                with what is wrong. Tables that are garbage or point to themselves do no harm: after 200 lines, or 65536
                tables, it stops and tells how to go on. Ctrl-C ends it.
                """,
            completion: .expressions
        ) { (arguments, _) throws(CommandError) in
            let range = arguments.isEmpty ? nil : try RangeArgument(&arguments)
            return { (context) throws(CommandError) in
                let bounds = try range?.addresses(context)
                let first = bounds?.first ?? GuestVirtualAddress(0)
                let last = bounds.map { $0.last ?? $0.first } ?? GuestVirtualAddress(.max)
                try list(from: first, through: last, context)
            }
        }
    }

    /// The most lines that are shown at once.
    private static let lineLimit = 200

    private static func list(
        from first: GuestVirtualAddress, through last: GuestVirtualAddress, _ context: Context
    ) throws(CommandError) {
        var lineCount = 0
        var next: GuestVirtualAddress?
        let end = try context.engine { (session) throws(DebuggerError) in
            try session.listPageTables(
                from: first, through: last, isStopped: { Interruption.isPending },
                found: { range in
                    if lineCount == lineLimit {
                        next = range.start
                        return false
                    }
                    lineCount += 1
                    context.line(text(range, context))
                    return true
                })
        }
        if Interruption.isPending { throw .interrupted }
        switch end {
        case nil: context.line("Paging is off (satp's mode is Bare): every virtual address is the physical one.")
        case .complete?: if lineCount == 0 { context.line("Nothing is mapped there.") }
        case .stopped?:
            let start = next ?? first
            context.line("There is more: \(onward(start, last))")
        case .tooManyTables(let start)?:
            context.line(
                "\(PageTableListing.tableLimit) tables were looked at. The rest: \(onward(max(start, first), last))")
        }
    }

    /// The command that goes on from `start`.
    private static func onward(_ start: GuestVirtualAddress, _ last: GuestVirtualAddress) -> String {
        "info pagetables \(start.description),\((last + 1).description)"
    }

    /// "0xffffffffc0000000 to 0xffffffffc0000fff  rwx--ad  GPA 0x80001000  1 page of 4 KiB".
    private static func text(_ range: PageTableRange, _ context: Context) -> String {
        let addresses =
            context.style.address(hex(range.start.value, digits: 16)) + " to "
            + context.style.address(hex(range.last.value, digits: 16)) + "  "
        switch range.content {
        case .broken(let failure): return addresses + failure.reason
        case .mapped(let physical, let pageByteCount, let entry):
            // The whole of the address space has 2^64 bytes, which a number cannot hold; pages of it it can.
            let pages = (range.last - range.start) / pageByteCount + 1
            let count = pages == 1 ? "1 page" : "\(pages) pages"
            return addresses + "\(entry.description)  GPA \(physical.description)  \(count) of "
                + Quantity.bytes(pageByteCount)
        }
    }
}
