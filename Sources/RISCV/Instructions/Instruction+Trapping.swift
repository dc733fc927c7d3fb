import Guest

/// Which instructions cannot raise an exception, once they were fetched: arithmetic on x-registers, branches and jumps of
/// RV64IMC. A debugger that steps such a one need not watch the trap vector (unprivileged specification, "RV32/64G Instruction
/// Set Listings" and "RVC Instruction Set Listings").
extension Instruction {
    /// Whether the instruction never traps by itself. False where that depends on more than the encoding, and for encodings
    /// that only an extension beyond RV64IMC gives a meaning, since a hart without it finds them illegal.
    public var neverTraps: Bool { byteCount == 2 ? compressedNeverTraps : byteCount == 4 && standardNeverTraps }

    private var standardNeverTraps: Bool {
        let funct3 = bits(12, 3)
        switch bits(0, 7) {
        case 0b011_0111, 0b001_0111, 0b110_1111: return true  // lui, auipc, jal
        case 0b110_0111: return funct3 == 0  // jalr
        case 0b110_0011: return funct3 != 2 && funct3 != 3  // branches
        case 0b001_0011: return shiftIsPlain(funct3, amountBits: 6)  // addi … andi
        case 0b001_1011: return funct3 == 0 || (funct3 == 1 || funct3 == 5) && shiftIsPlain(funct3, amountBits: 5)
        case 0b011_0011: return operationIsPlain(funct3, multiplies: true)
        case 0b011_1011:
            // addw, subw, sllw, srlw, sraw; mulw, divw, divuw, remw, remuw
            return bits(25, 7) == 1
                ? funct3 == 0 || funct3 >= 4
                : (funct3 == 0 || funct3 == 1 || funct3 == 5) && operationIsPlain(funct3, multiplies: false)
        default: return false
        }
    }

    /// Whether a shift by an immediate of `amountBits` bits is slli, srli or srai; true for what is no shift.
    private func shiftIsPlain(_ funct3: UInt32, amountBits: UInt32) -> Bool {
        let above = bits(20 + amountBits, 12 - amountBits)
        let arithmetic: UInt32 = 1 << (10 - amountBits)
        switch funct3 {
        case 1: return above == 0
        case 5: return above == 0 || above == arithmetic
        default: return true
        }
    }

    private func operationIsPlain(_ funct3: UInt32, multiplies: Bool) -> Bool {
        switch bits(25, 7) {
        case 0: return true
        case 1: return multiplies
        case 0b010_0000: return funct3 == 0 || funct3 == 5  // sub, sra
        default: return false
        }
    }

    private var compressedNeverTraps: Bool {
        let funct3 = bits(13, 3)
        switch bits(0, 2) {
        case 0b00: return funct3 == 0 && bits(5, 8) != 0  // c.addi4spn
        case 0b01:
            switch funct3 {
            case 1: return bits(7, 5) != 0  // c.addiw
            case 3: return bits(2, 5) != 0 || bits(12, 1) != 0  // c.lui, c.addi16sp
            case 4:
                guard bits(10, 2) == 0b11 else { return true }  // c.srli, c.srai, c.andi
                return bits(12, 1) == 0 || bits(5, 2) < 2  // c.sub … c.and, c.subw, c.addw; the rest is Zcb's
            default: return true  // c.addi, c.li, c.j, c.beqz, c.bnez
            }
        case 0b10:
            if funct3 == 0 { return true }  // c.slli
            // c.mv, c.add, c.jr, c.jalr; neither c.ebreak nor the reserved encoding.
            return funct3 == 4 && (bits(2, 5) != 0 || bits(7, 5) != 0)
        default: return false
        }
    }

    /// The number of the register that gets the return address, where the instruction calls by the psABI's convention: ra (1)
    /// or the alternate link register t0 (5). Nil for everything else (RISC-V ELF psABI, section "Integer Register
    /// Convention"; unprivileged specification, "Unconditional Jumps").
    public var callLink: UInt8? {
        // Where it stands does not matter for this.
        switch controlFlow(at: GuestVirtualAddress(0)) {
        case .jump(_, let link), .indirectJump(_, _, let link): return link == 1 || link == 5 ? link : nil
        default: return nil
        }
    }
}
