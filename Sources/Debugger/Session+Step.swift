import Guest
import RISCV
import Target

/// How the step of one instruction ended.
enum StepEnd {
    /// It was executed; pc is where it led to.
    case stepped
    /// It raised an exception; pc is at the trap handler.
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
        if let instruction, plan.landings == [pc] { return try stayAt(pc, instruction, guest) }

        var addresses = plan.landings
        var handlers: [GuestVirtualAddress] = []
        if plan.canTrap || takesInterrupts {
            handlers = try trapVectors(withInterrupts: takesInterrupts)
            addresses += handlers
        }
        let planned = try planned(addresses, plan.newSATP)
        let event = try run(
            guest, lifting: plan.unit.isEmpty ? [pc] : plan.unit, plantingAt: planned, limit: limit(instruction))
        // Where only one place can be reached, it was.
        if event == .trap, handlers.isEmpty, plan.landings.count == 1 {
            guest.registers.forgetIntegers()
            guest.registers.note(.pc, plan.landings[0].value)
            return .stepped
        }
        guard event == .trap else {
            guest.registers.forget()
            return event == .timeLimit ? .stepped : .event(event)
        }
        if plan.effect == .integers { guest.registers.forgetIntegers() } else { guest.registers.forget() }
        let landed = try self.pc()
        if plan.landings.contains(landed) { return .stepped }
        guest.registers.forget()
        guest.registers.note(.pc, landed.value)
        guard handlers.contains(landed) else { return .event(.trap) }
        guard takesInterrupts, try wasInterrupted(at: pc) else { return .trapped }
        return .interrupted
    }

    /// A branch to itself changes nothing but the register that it links to: no run is needed, and none could be caught.
    private func stayAt(
        _ pc: GuestVirtualAddress, _ instruction: Instruction, _ guest: Guest
    ) throws(DebuggerError) -> StepEnd {
        switch instruction.controlFlow(at: pc) {
        case .jump(_, let link), .indirectJump(_, _, let link):
            if let id = RegisterID.x(link) { try setRegisterValue(id, pc.value &+ UInt64(instruction.byteCount)) }
        default: break
        }
        return .stepped
    }

    /// How long the instruction may take: a `wfi` can sleep for ever.
    private func limit(_ instruction: Instruction?) -> UInt64? {
        guard let instruction, instruction.controlFlow(at: GuestVirtualAddress(0)) == .wfi else { return nil }
        return Session.sleepLimit
    }

    /// How long a `wfi` that is stepped waits for an interrupt, in milliseconds.
    static var sleepLimit: UInt64 { 1000 }

    /// The places in physical memory at which the guest can arrive at `addresses`, by its page tables as they are and as they are to
    /// be; none twice.
    private func planned(
        _ addresses: [GuestVirtualAddress], _ newSATP: SATP?
    ) throws(DebuggerError) -> [GuestPhysicalAddress] {
        let satp = SATP(try registerValue(.satp))
        var places: [GuestPhysicalAddress] = []
        for address in addresses {
            for satp in newSATP.map({ [satp, $0] }) ?? [satp] {
                let place: GuestPhysicalAddress
                do { place = try translate(address, by: satp) } catch {
                    // No page, no arrival: a page fault, which goes to the trap handler.
                    if case .unmapped = error { continue }
                    throw error
                }
                if !places.contains(place) { places.append(place) }
            }
        }
        return places
    }

    /// Runs with the sites at `lifted` out of memory and temporary `ebreak`s at `places`.
    private func run(
        _ guest: Guest, lifting lifted: [GuestVirtualAddress], plantingAt places: [GuestPhysicalAddress], limit: UInt64?
    ) throws(DebuggerError) -> TargetEvent {
        let sites = guest.sites
        var sitesOff: [GuestPhysicalAddress] = []
        if !sites.isEmpty {
            for address in lifted {
                if let place = try mapped(address), sites.isPlanted(at: place) { sitesOff.append(place) }
            }
        }
        let here = try lifted.first.map { (address) throws(DebuggerError) in try mapped(address) } ?? nil
        var planted: [(GuestPhysicalAddress, UInt32)] = []
        var outcome: Result<TargetEvent, TargetError>
        do {
            for place in places where place != here && hasRoom(guest, at: place, sites.byteCount) {
                if let original = try sites.plantTemporarily(at: place) { planted.append((place, original)) }
            }
            for place in sitesOff { try sites.lift(at: place) }
            outcome = .success(try guest.target.run(limit: limit))
        } catch { outcome = .failure(error) }
        do {
            for (place, original) in planted { try sites.liftTemporary(at: place, original) }
            for place in sitesOff { try sites.plant(at: place) }
            return try outcome.get()
        } catch {
            guest.registers.forget()
            throw .target(error)
        }
    }

    private func hasRoom(_ guest: Guest, at place: GuestPhysicalAddress, _ byteCount: Int) -> Bool {
        place.value % UInt64(byteCount) == 0
            && guest.memory.contains { $0.contains(place, count: UInt64(byteCount)) }
    }

    /// Where a trap can go: the base, and in vectored mode also the places of the supervisor's interrupts.
    private func trapVectors(withInterrupts: Bool) throws(DebuggerError) -> [GuestVirtualAddress] {
        let vector = TrapVector(stvec: try registerValue(.stvec))
        guard withInterrupts, vector.isVectored else { return [vector.base] }
        // Software, timer, external, counter overflow (privileged specification, table of supervisor causes).
        return [vector.base] + [1, 5, 9, 13].map { vector.target(for: Cause(isInterrupt: true, code: $0)) }
    }

    /// Whether the trap that was just taken is an interrupt that came before the instruction at `pc`.
    private func wasInterrupted(at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        let cause = Cause(scause: try registerValue(.scause))
        guard cause.isInterrupt else { return false }
        return try registerValue(.sepc) == pc.value
    }
}
