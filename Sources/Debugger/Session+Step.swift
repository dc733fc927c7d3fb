import Guest
import RISCV
import Target

/// How the step of one instruction ended.
enum StepEnd {
    /// It was executed; pc is where it led to.
    case stepped
    /// It is a jump to itself: it was executed, and so it will be each further time.
    case stayed
    /// It is a `wfi`, and no interrupt came within the limit; pc is behind it.
    case slept
    /// It raised an exception, or an interrupt was taken behind it; pc is at the trap handler.
    case trapped
    /// An interrupt was taken before it; pc is at the handler, and the instruction is still to come.
    case interrupted
    /// It is an `ebreak` of the guest's own; pc is still there.
    case ebreak
    /// Something else happened on the way.
    case event(TargetEvent)
}

extension Session {
    /// Executes the one instruction at `pc`, or a sequence from LR to SC as one, by `ebreak`s where it can lead to; those of
    /// breakpoints on the way are lifted. Whatever happens, memory is as before afterwards.
    ///
    /// `isFetchable` tells that the code around pc was executed just now, `takesInterrupts` that the guest may take one first.
    /// Throws `.noGuest` and `.target`.
    func step(
        _ guest: Guest, at pc: GuestVirtualAddress, isFetchable: Bool, takesInterrupts: Bool
    ) throws(DebuggerError) -> StepEnd {
        let instruction = try instructionIfMapped(at: pc)
        if let instruction, instruction.isEbreak { return .ebreak }
        let plan = try plan(instruction, at: pc, isFetchable: isFetchable)
        if let jump = plan.jump {
            try carryOut(guest, setting: jump.link, to: jump.linked.value, goingTo: jump.target)
            return .stepped
        }

        var catching = TrapCatching()
        if plan.canTrap || takesInterrupts { catching = try trapCatching(at: pc, instruction, plan, takesInterrupts) }
        let here = try mapped(pc)
        try findPlaces(plan, catching, at: pc, here)
        let reservation = try reservation(of: instruction, plan.unit)
        if let vector = catching.movedVector { try setRegisterValue(.stvec, vector.value) }
        let outcome: Result<TargetEvent, DebuggerError>
        do throws(DebuggerError) {
            outcome = .success(try run(guest, lifting: here, plan.unit, limit: plan.limit))
        } catch { outcome = .failure(error) }
        if catching.movedVector != nil { try setRegisterValue(.stvec, catching.vector.stvec) }
        let event = try outcome.get()
        if let end = try stepEnd(ofWatched: event, guest, reservation, takesInterrupts: takesInterrupts) { return end }
        return try end(of: plan, at: pc, event, catching, takesInterrupts, guest)
    }

    /// What the run to the places of `plan` has come to.
    private func end(
        of plan: StepPlan, at pc: GuestVirtualAddress, _ event: TargetEvent, _ catching: TrapCatching,
        _ takesInterrupts: Bool, _ guest: Guest
    ) throws(DebuggerError) -> StepEnd {
        // Where only one place can be reached, it was.
        if event == .trap, catching.handlers.isEmpty, plan.landings.count == 1 {
            guest.registers.forgetIntegers()
            guest.registers.note(.pc, plan.landings[0].value)
            return .stepped
        }
        guard event == .trap else {
            guest.registers.forget()
            guard event == .timeLimit else { return .event(event) }
            return plan.stays ? .stayed : .slept
        }
        if plan.effect == .integers { guest.registers.forgetIntegers() } else { guest.registers.forget() }
        let landed = try self.pc()
        if plan.landings.contains(landed) { return .stepped }
        guest.registers.forget()
        guest.registers.note(.pc, landed.value)
        guard catching.handlers.contains(landed) else { return .event(.trap) }
        if catching.movedVector != nil {
            let cause = Cause(scause: try registerValue(.scause))
            try setPC(catching.vector.target(for: cause), guest)
        }
        // A jump to itself was executed before the interrupt came.
        guard takesInterrupts, !plan.stays, try wasInterrupted(at: pc) else { return .trapped }
        return .interrupted
    }

    /// Notes in `stepPlaces` where in physical memory the guest can arrive when it executes `plan` at `pc`, which lies at `here`: by
    /// its page tables as they are and as they are to be; none twice.
    private func findPlaces(
        _ plan: StepPlan, _ catching: TrapCatching, at pc: GuestVirtualAddress, _ here: GuestPhysicalAddress?
    ) throws(DebuggerError) {
        stepPlaces.removeAll(keepingCapacity: true)
        for address in plan.landings {
            // Mostly the way leads on in the same page, which need not be looked up again.
            if let here, address.value >> 12 == pc.value >> 12 {
                addStepPlace(here + (address - pc))
            } else {
                try addStepPlace(address, by: SATP(try registerValue(.satp)))
            }
        }
        for address in catching.handlers { try addStepPlace(address, by: SATP(try registerValue(.satp))) }
        guard let satp = plan.newSATP else { return }
        for address in plan.landings { try addStepPlace(address, by: satp) }
        for address in catching.handlers { try addStepPlace(address, by: satp) }
    }

    private func addStepPlace(_ address: GuestVirtualAddress, by satp: SATP) throws(DebuggerError) {
        if satp.modeNumber == 0 { return addStepPlace(GuestPhysicalAddress(address.value)) }
        do throws(DebuggerError) { addStepPlace(try translate(address, by: satp)) } catch {
            // No page, no arrival: a page fault, which goes to the trap handler.
            if case .unmapped = error { return }
            throw error
        }
    }

    private func addStepPlace(_ place: GuestPhysicalAddress) {
        if !stepPlaces.contains(place) { stepPlaces.append(place) }
    }

    /// Runs with temporary `ebreak`s at `stepPlaces` and the sites out of memory that are at `here` or, where the step is one of
    /// several instructions, in `unit`.
    private func run(
        _ guest: Guest, lifting here: GuestPhysicalAddress?, _ unit: [GuestVirtualAddress], limit: UInt64?
    ) throws(DebuggerError) -> TargetEvent {
        let sites = guest.sites
        var lifted: [Site] = []
        if unit.isEmpty {
            if let here, let site = sites.planted(at: here) { lifted.append(site) }
        } else {
            for address in unit {
                if let place = try mapped(address), let site = sites.planted(at: place) { lifted.append(site) }
            }
        }
        stepOriginals.removeAll(keepingCapacity: true)
        var outcome: Result<TargetEvent, TargetError>
        do {
            for place in stepPlaces where place != here && hasRoom(guest, at: place) {
                if let original = try sites.plantTemporarily(at: place) { stepOriginals.append((place, original)) }
            }
            for site in lifted { try sites.lift(site) }
            outcome = .success(try guest.target.run(limit: limit, alone: true))
            noteRun(guest, of: guest.current)
        } catch { outcome = .failure(error) }
        do {
            for (place, original) in stepOriginals { try sites.liftTemporary(at: place, original) }
            for site in lifted { try sites.plant(site) }
            return try outcome.get()
        } catch {
            guest.registers.forget()
            throw .target(error)
        }
    }

    /// Whether a site at `place` has all its bytes in RAM.
    func hasRoom(_ guest: Guest, at place: GuestPhysicalAddress) -> Bool {
        let byteCount = UInt64(guest.sites.byteCount)
        return place.value % byteCount == 0
            && guest.memory.contains { $0.contains(place, count: byteCount) }
    }

    /// Whether the trap that was just taken is an interrupt that came before the instruction at `pc`.
    private func wasInterrupted(at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        let cause = Cause(scause: try registerValue(.scause))
        guard cause.isInterrupt else { return false }
        return try registerValue(.sepc) == pc.value
    }
}
