import Guest

/// How the hart goes on after an instruction of RV64GC.
///
/// Everything that is not listed goes on behind itself or traps; instructions of extensions are taken to be so,
/// reserved encodings too, unless they lie among the jumps and branches themselves. Register numbers are 0 to 31.
public enum ControlFlow: Equatable, Sendable {
    /// Behind the instruction.
    case sequential
    /// `jal`, `c.j`: to `target`; the number of the register that gets the return address, 0 for none.
    case jump(target: GuestVirtualAddress, link: UInt8)
    /// `beq` … `bgeu`, `c.beqz`, `c.bnez`: to `target` when the condition holds for rs1 and rs2, else behind.
    case branch(BranchCondition, rs1: UInt8, rs2: UInt8, target: GuestVirtualAddress)
    /// `jalr`, `c.jr`, `c.jalr`: to the sum of rs1, as it is before, and `offset` bytes, bit 0 cleared; `link` as
    /// above.
    case indirectJump(rs1: UInt8, offset: Int64, link: UInt8)
    /// `ecall`: from U-mode to the trap vector, from S-mode to the SBI and then behind.
    case ecall
    /// `ebreak`, `c.ebreak`: a breakpoint exception.
    case ebreak
    /// `sret`: to sepc, in the mode that sstatus.SPP tells.
    case sret
    /// `mret`: illegal in every mode that a guest has.
    case mret
    /// `wfi`: behind, once an interrupt is pending.
    case wfi
    /// `lr.w`, `lr.d`: behind; a trap before the matching SC makes that fail.
    case loadReserved
    /// `sc.w`, `sc.d`: behind.
    case storeConditional
    /// An instruction of Zicsr: behind.
    case csr(CSRAccess)
    /// `fence.i`: behind.
    case fenceI
    /// An encoding that is defined as illegal, or reserved among the jumps and branches of RV64GC.
    case illegal
}

extension Instruction {
    /// How the hart goes on after this instruction at the guest-virtual address `pc`.
    public func controlFlow(at pc: GuestVirtualAddress) -> ControlFlow {
        byteCount == 2 ? compressedControlFlow(at: pc) : byteCount == 4 ? standardControlFlow(at: pc) : .sequential
    }

    /// The guest-virtual address at which the hart goes on after this instruction at `pc`, provided that it does not
    /// trap; nil for what depends on more than x-registers: `ecall`, `ebreak`, `sret`, `mret` and illegal ones.
    ///
    /// `register` reads an x-register, 1 to 31, with the value that it has before the instruction; it is asked only for
    /// those that matter. What it throws is passed on.
    public func nextPC<E: Error>(
        at pc: GuestVirtualAddress, register: (UInt8) throws(E) -> UInt64
    ) throws(E) -> GuestVirtualAddress? {
        let behind = pc + UInt64(byteCount)
        switch controlFlow(at: pc) {
        case .sequential, .wfi, .loadReserved, .storeConditional, .csr, .fenceI:
            return behind
        case .jump(let target, _):
            return target
        case .branch(let condition, let rs1, let rs2, let target):
            let left = rs1 == 0 ? 0 : try register(rs1)
            let right = rs2 == 0 ? 0 : rs2 == rs1 ? left : try register(rs2)
            return condition.holds(left, right) ? target : behind
        case .indirectJump(let rs1, let offset, _):
            let base = rs1 == 0 ? 0 : try register(rs1)
            return GuestVirtualAddress((base &+ UInt64(bitPattern: offset)) & ~1)
        case .ecall, .ebreak, .sret, .mret, .illegal:
            return nil
        }
    }

    /// The `count` bits of the encoding from bit `low` on, moved to bit `place`.
    func bits(_ low: UInt32, _ count: UInt32, to place: UInt32 = 0) -> UInt32 {
        (bits >> low & ((1 << count) &- 1)) << place
    }
}

/// `bits`, whose highest bit is number `sign`, as a signed number.
func signExtended(_ bits: UInt32, sign: UInt32) -> Int64 {
    Int64(Int32(bitPattern: bits << (31 &- sign)) >> (31 &- sign))
}

extension GuestVirtualAddress {
    /// The address `offset` bytes further on, or back.
    func moved(by offset: Int64) -> GuestVirtualAddress { self + UInt64(bitPattern: offset) }
}
