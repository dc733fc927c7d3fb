import Guest
import RISCV
import Target

// The instruction under a breakpoint is hidden from the guest, which RISC-V KVM cannot step over it. What is plain arithmetic, a
// branch or a jump to a fixed place is done for the guest: that takes no second run of it, for which the other vCPUs would have to
// be held. A step that the user asks for is the guest's own where it can be.
extension Session {
    /// Does for the guest what the instruction at `pc`, under a breakpoint, does. False where the guest has to do it by itself:
    /// because of what it is, and where nothing was executed since the last time, lest a guest with a breakpoint at each
    /// instruction never run, nor take an interrupt.
    func carriesOut(_ guest: Guest, at pc: GuestVirtualAddress) throws(DebuggerError) -> Bool {
        guard !guest.wasCarriedOut, let instruction = try instructionIfMapped(at: pc) else { return false }
        let behind = pc + UInt64(instruction.byteCount)
        var register: UInt8 = 0
        var result = behind.value
        if let computation = instruction.computation(at: pc) {
            register = computation.destination
            if register != 0 { result = computation.result(try value(computation.left), try value(computation.right)) }
        } else {
            switch instruction.controlFlow(at: pc) {
            case .branch: break
            case .jump(_, let link): register = link
            default: return false
            }
        }
        let next = try instruction.nextPC(at: pc) { (number) throws(DebuggerError) in try integerRegister(number) }
        // Without the C extension it may lead to where no instruction may be; and what leads back to itself is waiting.
        guard let next, next.value % UInt64(guest.sites.byteCount) == 0, next - pc >= behind - pc else { return false }
        try carryOut(guest, setting: register, to: result, goingTo: next)
        standing.reportedAt = nil
        standing.cameBackTo = nil
        guest.wasCarriedOut = true
        return true
    }

    private func value(_ operand: Computation.Operand) throws(DebuggerError) -> UInt64 {
        switch operand {
        case .register(let number): return try integerRegister(number)
        case .value(let value): return value
        }
    }

    /// Does for the guest what an instruction does that sets the register x`number` to `value`, none for 0, and goes on at `next`.
    func carryOut(
        _ guest: Guest, setting number: UInt8, to value: UInt64, goingTo next: GuestVirtualAddress
    ) throws(DebuggerError) {
        if let id = RegisterID.x(number) { try setRegisterValue(id, value) }
        try setPC(next, guest)
    }
}
