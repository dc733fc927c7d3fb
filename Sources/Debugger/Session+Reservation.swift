import Guest
import RISCV
import Target

/// A reservation that an LR is about to take in a sequence that is stepped as one.
struct Reservation {
    /// The address of the matching SC's instruction.
    let storeConditional: GuestVirtualAddress
    /// What is reserved.
    let address: GuestVirtualAddress
}

// SC on a watched page. It exits, and whatever exits loses the reservation: executed again, with the page open, the SC fails, and
// so on for ever. An SC may fail for no reason, so this one does, once; the LR that the guest then comes back to is stepped, and
// with it the sequence up to the SC. Nothing comes between the two, so that now the store can be done for the guest.
extension Session {
    /// How many instructions the guest has to come from an SC that failed to an LR.
    private static var longestRetry: Int { 64 }

    /// What the LR `instruction` at the head of the sequence `unit` is about to reserve, if memory is watched.
    func reservation(
        of instruction: Instruction?, _ unit: [GuestVirtualAddress]
    ) throws(DebuggerError) -> Reservation? {
        guard !watching.ranges.isEmpty, let last = unit.last, let operand = instruction?.memoryAccess else {
            return nil
        }
        return Reservation(storeConditional: last, address: try address(of: operand))
    }

    /// Carries out the SC at pc, whose page is closed: it succeeds where `reservation` is the one that it needs.
    func storeConditional(
        _ guest: Guest, _ operand: MemoryAccess, _ access: WatchedStep, _ reservation: Reservation?
    ) throws(DebuggerError) -> StepEnd {
        guard let region = access.regions?.first, let source = operand.source else { return .stepped }
        var isReserved = false
        if let reservation, reservation.storeConditional == access.pc {
            isReserved = try reservation.address == address(of: operand)
        }
        if isReserved {
            let value = try integerRegister(source)
            let bytes = (0..<region.byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            do throws(TargetError) { try guest.sites.write(bytes, at: region.start) } catch { throw .target(error) }
        } else {
            watching.retrySteps = Session.longestRetry
        }
        do throws(TargetError) {
            if let id = operand.destination.flatMap({ RegisterID.x($0) }) {
                try guest.registers.set(id, isReserved ? 0 : 1)
            }
            try guest.registers.set(.pc, (access.pc + 4).value)
        } catch { throw .target(error) }
        guard isReserved, try stops(guest, access) else { return .stepped }
        return .event(.watched(access.told))
    }

    /// Steps from an SC that was made to fail until the guest has executed an LR; an event that ends the run before.
    func stepToReservation(_ guest: Guest) throws(DebuggerError) -> TargetEvent? {
        var isFirst = true
        while watching.retrySteps > 0 {
            let pc = try pc()
            if !isFirst, try isPlanted(guest, at: pc) { return .trap }
            isFirst = false
            watching.retrySteps -= 1
            let flow = try instructionIfMapped(at: pc)?.controlFlow(at: pc)
            switch try stepWithEbreaks(guest, pc, takesInterrupts: true) {
            case .stepped, .stayed, .slept:
                if flow == .loadReserved { watching.retrySteps = 0 }
            case .trapped, .interrupted: watching.retrySteps = 0
            case .ebreak: return .trap
            case .event(let event):
                watching.retrySteps = 0
                return event
            }
        }
        return try isPlanted(guest, at: pc()) ? .trap : nil
    }
}
