import Debugger
import Guest
import RISCV
import Reports
import Symbols

/// `info translate EXPR`: the walk through the page tables.
enum InfoTranslate {
    static var command: Command {
        Command(
            name: "translate", group: .status,
            usage: ["info translate EXPRESSION"],
            summary: "Translate a virtual address, with each page-table entry on the way",
            help: """
                Shows how the guest's page tables translate the address that EXPRESSION has: at each level the entry's place
                in guest-physical memory, its bits and what it says; then the guest-physical address, the size of the page
                and the permissions (r read, w write, x execute, u U-mode, g global, a accessed, d dirty). Where the walk
                fails, it tells the level, the entry and what is wrong with it. While paging is off, and without a guest,
                it tells where the ELF file places the address. $_ is the guest-physical address afterwards; it is void
                when there is none.
                """,
            completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                let address = try context.virtualAddress(try context.evaluate(expression), nil)
                context.session.setLast(nil)
                guard context.session.hasGuest else { return try placeOnly(address, context) }
                let walk = try context.engine { (session) throws(DebuggerError) in try session.walk(address) }
                try show(walk, of: address, context)
            }
        }
    }

    private static func show(
        _ walk: PageTableWalk, of address: GuestVirtualAddress, _ context: Context
    ) throws(CommandError) {
        let named = context.addressText(address)
        if walk.satp.mode == .bare {
            let physical = GuestPhysicalAddress(address.value)
            context.session.setLast(physical)
            context.line(
                "\(named): paging is off (satp's mode is Bare), so it is GPA \(physicalText(physical, context)).")
            showPlace(address, context)
            return
        }
        if let mode = walk.satp.mode, PageTable.isCanonical(address, in: mode) {
            context.line(
                "\(named) by \(mode.name), ASID \(walk.satp.asid), root table at GPA \(walk.satp.root.description):")
        }
        var failed = false
        if case .failure = walk.result { failed = true }
        for (index, step) in walk.steps.enumerated() {
            let isAtFault = failed && index == walk.steps.count - 1
            context.line("  " + text(step, of: address, isAtFault: isAtFault))
        }
        switch walk.result {
        case .failure(let failure): context.line(failure.message(for: address))
        case .success(let translation):
            context.session.setLast(translation.address)
            let size = translation.pageByteCount.map { ", a page of \(Quantity.bytes($0))" } ?? ""
            let permissions = translation.leaf.map { ", " + $0.entry.description } ?? ""
            context.line("GPA \(physicalText(translation.address, context))\(size)\(permissions)")
        }
    }

    /// "level 2, entry 511 at GPA 0x80003ff8: 0x0000000020001001, next table at GPA 0x80004000".
    /// What is wrong with the entry that ends a walk is told in a sentence of its own.
    private static func text(_ step: PageTableStep, of address: GuestVirtualAddress, isAtFault: Bool) -> String {
        let index = Quantity.padded("\(PageTable.index(of: address, level: step.level))", 3)
        let place = "level \(step.level), entry \(index) at GPA \(step.address.description): "
        let bits = hex(step.entry.rawValue, digits: 16)
        if isAtFault { return place + bits }
        // Svnapot: the four lowest bits of such a PPN only say "64 KiB".
        let ppn = step.entry.isNAPOT ? step.entry.ppn & ~0xF : step.entry.ppn
        let page = GuestPhysicalAddress(ppn << 12).description
        if !step.entry.isLeaf { return place + bits + ", table at GPA " + page }
        return place + bits + ", page at GPA " + page + ", " + step.entry.description
    }

    private static func physicalText(_ address: GuestPhysicalAddress, _ context: Context) -> String {
        context.style.address(address.description) + (context.session.isRAM(address) ? "" : ", where there is no RAM")
    }

    /// Where the ELF file, or the kernel's Image by its symbols, places an address that is linked elsewhere.
    private static func showPlace(_ address: GuestVirtualAddress, _ context: Context) {
        guard let placed = context.session.physical(for: address), placed.value != address.value else { return }
        context.line(
            "The \(fileKind(context)) places what is linked to it at GPA \(placed.description): there a breakpoint is set until paging "
                + "is on.")
    }

    private static func fileKind(_ context: Context) -> String {
        context.session.program?.imageStart == nil ? "ELF file" : "Image"
    }

    /// Without a guest.
    private static func placeOnly(_ address: GuestVirtualAddress, _ context: Context) throws(CommandError) {
        guard let program = context.session.program else { throw CommandError(.noProgram) }
        guard let placed = context.session.physical(for: address) else {
            throw .failed(
                "There is no guest yet, and no segment of \"\(program.path)\" holds \(address.description). Start the guest "
                    + "with \"start\".", nil)
        }
        context.session.setLast(placed)
        context.line(
            "\(context.addressText(address)): there is no guest yet; the \(fileKind(context)) places it at GPA \(placed.description)."
        )
    }
}
