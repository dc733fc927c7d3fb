import Guest
import RISCV
import Target

// Runs of the guest while memory is watched. Most accesses to watched pages are the target's own business and never come here.
extension Session {
    /// Lets the guest run until there is something to tell; accesses to watched memory only where they stop the guest. Of several
    /// vCPUs each trap is judged first by `judge`.
    func run(_ guest: Guest, by judge: (any TrapJudge)?) throws(DebuggerError) -> TargetEvent {
        guest.judged = nil
        if guest.memos.count > 1 { guest.target.trapJudge = judge }
        defer { guest.target.trapJudge = nil }
        while true {
            if watching.retrySteps > 0, let event = try stepToReservation(guest) { return event }
            guest.registers.forget()
            let event: TargetEvent
            let alone = holdsOthers || schedulerLocking == .on
            let resumed = guest.current
            do { event = try guest.target.run(limit: nil, alone: alone) } catch { throw .target(error) }
            noteRun(guest, of: resumed)
            followTarget(guest)
            switch event {
            case .watched(let access):
                if try stops(guest, WatchedStep(access)) { return event }
            case .blocked:
                // The code itself lies in a page whose loads are watched: the ebreak of a breakpoint could not be fetched.
                if try isPlanted(guest, at: pc()) { return .trap }
                switch try stepBlocked(guest, nil, takesInterrupts: true) {
                case .stepped, .stayed, .slept, .trapped, .interrupted: break
                case .ebreak: return .trap
                case .event(let event): return event
                }
                if try isPlanted(guest, at: pc()) { return .trap }
            default: return event
            }
        }
    }

    /// How a step ends whose run ended with `event`, where that is about watched memory; nil for all else.
    func stepEnd(
        ofWatched event: TargetEvent, _ guest: Guest, _ reservation: Reservation?, takesInterrupts: Bool
    ) throws(DebuggerError) -> StepEnd? {
        switch event {
        case .watched(let access):
            guest.registers.forget()
            return try stops(guest, WatchedStep(access)) ? .event(event) : .stepped
        case .blocked:
            guest.registers.forget()
            // Not all pages were opened.
            if watching.isOpen { return .event(.blocked) }
            return try stepBlocked(guest, reservation, takesInterrupts: takesInterrupts)
        default: return nil
        }
    }

    /// Executes the instruction at pc, which the target could not while the watched pages are closed: with those open that it
    /// needs.
    private func stepBlocked(
        _ guest: Guest, _ reservation: Reservation?, takesInterrupts: Bool
    ) throws(DebuggerError) -> StepEnd {
        let pc = try pc()
        let instruction = try instructionIfMapped(at: pc)
        let access = try access(of: instruction, at: pc)
        if let operand = instruction?.memoryAccess, operand.kind == .storeConditional, access.regions?.count == 1 {
            return try storeConditional(guest, operand, access, reservation)
        }
        var pages = access.regions?.map { $0.start }
        for address in [pc, pc + 2] {
            if let code = try mapped(address) { pages?.append(code) }
        }
        var end = try stepOpen(guest, pc, pages, takesInterrupts)
        if case .event(.blocked) = end, pages != nil {
            // The page tables that the access is translated by are watched, too.
            end = try stepOpen(guest, pc, nil, takesInterrupts)
        }
        switch end {
        case .event(.blocked):
            return .event(
                .fatal("The instruction at \(pc.description) cannot be executed beside a watchpoint. Delete that."))
        case .stepped:
            guard try stops(guest, access) else { return .stepped }
            return .event(.watched(access.told))
        default: return end
        }
    }

    private func stepOpen(
        _ guest: Guest, _ pc: GuestVirtualAddress, _ pages: [GuestPhysicalAddress]?, _ takesInterrupts: Bool
    ) throws(DebuggerError) -> StepEnd {
        do throws(TargetError) { try guest.target.openWatches(at: pages) } catch { throw .target(error) }
        watching.isOpen = true
        let end: Result<StepEnd, DebuggerError>
        do throws(DebuggerError) {
            end = .success(try stepWithEbreaks(guest, pc, takesInterrupts: takesInterrupts))
        } catch {
            end = .failure(error)
        }
        watching.isOpen = false
        do throws(TargetError) { try guest.target.closeWatches() } catch { throw .target(error) }
        return try end.get()
    }

    /// A step, for which a guest that takes its ebreaks itself does not.
    func stepWithEbreaks(
        _ guest: Guest, _ pc: GuestVirtualAddress, takesInterrupts: Bool
    ) throws(DebuggerError) -> StepEnd {
        if guestDebug { return try step(guest, at: pc, isFetchable: false, takesInterrupts: takesInterrupts) }
        try prepareRun(guest, ebreaksComeHere: true)
        let end = try step(guest, at: pc, isFetchable: false, takesInterrupts: takesInterrupts)
        try prepareRun(guest)
        return end
    }
}

/// What an instruction did to memory.
struct WatchedStep {
    let pc: GuestVirtualAddress
    /// Its own memory operand, as one or two physical regions; nil where it has one whose extent cannot be told.
    var regions: [MemoryRegion]? = []
    var reads = false
    var writes = false

    init(at pc: GuestVirtualAddress) { self.pc = pc }

    init(_ access: WatchedAccess) {
        pc = access.pc
        regions = access.regions
        reads = access.reads
        writes = access.writes
    }

    var told: WatchedAccess { WatchedAccess(pc: pc, regions: regions ?? [], reads: reads, writes: writes) }
}

extension Session {
    /// The memory that `instruction` at `pc` is about to access.
    private func access(of instruction: Instruction?, at pc: GuestVirtualAddress) throws(DebuggerError) -> WatchedStep {
        var access = WatchedStep(at: pc)
        guard let instruction else { return access }
        if instruction.isVectorMemoryAccess {
            access.regions = nil
            access.reads = true
            access.writes = true
        } else if let operand = instruction.memoryAccess {
            access.regions = try regions(of: address(of: operand), count: operand.byteCount)
            access.reads = operand.reads
            access.writes = operand.writes || operand.kind == .loadReserved
        }
        return access
    }

    /// The virtual address of a memory operand.
    func address(of operand: MemoryAccess) throws(DebuggerError) -> GuestVirtualAddress {
        GuestVirtualAddress(try integerRegister(operand.base) &+ UInt64(bitPattern: operand.offset))
    }

    /// The physical regions of `count` bytes from `address` on that are mapped.
    private func regions(of address: GuestVirtualAddress, count: Int) throws(DebuggerError) -> [MemoryRegion] {
        let total = UInt64(count)
        let upToEdge = min(total, 4096 - (address.value & 4095))
        var regions: [MemoryRegion] = []
        if let first = try mapped(address) { regions.append(MemoryRegion(start: first, byteCount: upToEdge)) }
        if upToEdge < total, let second = try mapped(address + upToEdge) {
            regions.append(MemoryRegion(start: second, byteCount: total - upToEdge))
        }
        return regions
    }
}
