import Guest
import RISCV
import Target

// Semihosting: an `ebreak` between two instructions that do nothing asks whoever debugs for a service ("RISC-V Semihosting" 0.2).
extension Session {
    /// Whether the `ebreak` at `pc` is such a call, and answered here: guest debug is on, and semihosting too.
    func isSemihostingCall(at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        guard guestDebug, semihosting, try instructionIfMapped(at: pc)?.bits == Instruction.ebreak else { return false }
        guard try instructionIfMapped(at: pc + 4)?.bits == Instruction.semihostingExit else { return false }
        return try instructionIfMapped(at: pc - 4)?.bits == Instruction.semihostingEntry
    }

    /// Carries out the call whose `ebreak` is at `pc`.
    func carryOutSemihostingCall(at pc: GuestVirtualAddress, _ guest: Guest) throws(DebuggerError) -> Verdict {
        standing.reportedEbreak = nil
        let (operation, parameter) = (try registerValue(.a0), try registerValue(.a1))
        let outcome: SemihostingOutcome
        do throws(TargetError) {
            outcome = try guest.target.semihost(
                operation: UInt32(truncatingIfNeeded: operation), parameter: parameter, at: pc)
            if let result = outcome.result { try guest.registers.set(.a0, result) }
        } catch { throw .target(error) }
        if outcome.result != nil { try setPC(pc + 4, guest) }
        if let event = outcome.event { return try verdict(event, guest, [], isComing: pc) }
        return .goOn(from: outcome.result == nil ? pc : nil)
    }
}
