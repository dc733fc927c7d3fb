import Guest
import KVM
import RISCV
import Target

/// The instruction at pc, and what of the guest's memory it accesses by its own operands.
///
/// An MMIO exit can lie: KVM knows the physical address that failed and the instruction at pc, and supposes that one belongs to
/// the other. When the hart's walk of the page tables fails, it does not.
struct AccessOrigin {
    /// Where the instruction is.
    let pc: GuestVirtualAddress
    /// The instruction; nil where its memory cannot be read.
    let instruction: Instruction?
    /// Its memory operand, if it has one of which address and length can be told.
    let operand: MemoryAccess?
    /// Where that is.
    let address: GuestVirtualAddress
    /// Where that is in physical memory: one or two regions; empty where it is not mapped.
    let accessed: [MemoryRegion]
    let space: AddressSpace

    /// Reads pc, satp, and the base register of the instruction. Throws `.register`.
    init(_ vcpu: VirtualCPU, _ ram: GuestRAM) throws(KVMError) {
        pc = GuestVirtualAddress(try vcpu.word(.pc))
        space = AddressSpace(satp: SATP(try vcpu.word(.satp)), ram: ram)
        instruction = space.instruction(at: pc)
        operand = instruction?.memoryAccess
        guard let operand else {
            address = GuestVirtualAddress(0)
            accessed = []
            return
        }
        let base = try RegisterID.x(operand.base).map { (id) throws(KVMError) in try vcpu.word(id) } ?? 0
        address = GuestVirtualAddress(base &+ UInt64(bitPattern: operand.offset))
        accessed = space.regions(of: address, count: operand.byteCount) ?? []
    }

    /// The x-register that it sets; nil for x0.
    var destination: RegisterID? { operand?.destination.flatMap { RegisterID.x($0) } }

    /// Where the next instruction is.
    var next: GuestVirtualAddress { pc + UInt64(instruction?.byteCount ?? 0) }

    /// What the instruction really accesses, if it is what `access` tells of: the exit's own address, or two parts at an edge of
    /// pages, of which the exit tells one. Nil when something else failed.
    func regions(of access: MMIO) -> [MemoryRegion]? {
        guard let operand, operand.kind == (access.isWrite ? .store : .load), operand.byteCount == access.byteCount,
            accessed.contains(where: { $0.start == access.address })
        else { return nil }
        return accessed
    }

    /// Whether the access itself is what failed, the hart having fetched the instruction and found its operand in the page tables:
    /// then it is for us to carry out. It must be within one page, for of a second one nothing is known yet.
    func isDue(_ watched: WatchedPages) -> Bool {
        guard let operand, accessed.count == 1, let page = watched[accessed[0].start], page.isClosed(for: operand)
        else {
            return false
        }
        let last = GuestVirtualAddress(next.value &- 1)
        for code in [pc, last] {
            guard let place = space.translate(code)?.address, watched[place]?.isHidden != true else { return false }
        }
        for virtual in [pc, last, address] {
            for entry in space.entries(for: virtual) where watched[entry]?.isHidden == true { return false }
        }
        guard let leaf = space.translate(address)?.leaf?.entry else { return true }
        return leaf.isAccessed && (leaf.isDirty || !operand.writes)
    }
}

extension WatchedPage {
    /// Whether neither loads nor fetches come through now.
    var isHidden: Bool { !isOpen && watchesLoads }

    /// Whether an access does not come through now.
    func isClosed(for operand: MemoryAccess) -> Bool { !isOpen && (watchesLoads || operand.writes) }
}
