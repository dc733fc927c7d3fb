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
        if let computation = instruction.computation(at: pc) {
            if let id = RegisterID.x(computation.destination) {
                let result = computation.result(try value(computation.left), try value(computation.right))
                try setRegister(id, result, guest)
            }
            try setPC(behind, guest)
        } else {
            var link: UInt8 = 0
            switch instruction.controlFlow(at: pc) {
            case .branch: break
            case .jump(_, let number): link = number
            default: return false
            }
            let next = try instruction.nextPC(at: pc) { (number) throws(DebuggerError) in try integerRegister(number) }
            // Without the C extension it may lead to where no instruction may be; and what leads back to itself is waiting.
            guard let next, next.value % UInt64(guest.sites.byteCount) == 0, next - pc >= behind - pc else {
                return false
            }
            if let id = RegisterID.x(link) { try setRegister(id, behind.value, guest) }
            try setPC(next, guest)
        }
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

    private func setRegister(_ id: RegisterID, _ value: UInt64, _ guest: Guest) throws(DebuggerError) {
        do { try guest.registers.set(id, value) } catch { throw .target(error) }
    }
}
