/// The 16-bit encodings (unprivileged specification, "RVC Instruction Set Listings").
extension Instruction {
    /// What this instruction, which never traps, computes; nil for jumps and branches.
    var compressedComputation: Computation? {
        let rd = UInt8(bits(7, 5))
        let rs2 = UInt8(bits(2, 5))
        let isUpper = bits(12, 1) == 1
        switch (bits(0, 2), bits(13, 3)) {
        case (0b00, 0b000):  // c.addi4spn
            return Computation(
                operation: .add, destination: compressed(2), left: .register(2), right: .value(stackOffset))
        case (0b01, 0b000), (0b01, 0b001):  // c.addi, c.addiw
            return Computation(
                operation: .add, isWord: bits(13, 1) == 1, destination: rd, left: .register(rd),
                right: .value(immediate))
        case (0b01, 0b010):  // c.li
            return Computation(operation: .add, destination: rd, left: .value(immediate), right: .value(0))
        case (0b01, 0b011):
            if rd == 2 {  // c.addi16sp
                return Computation(operation: .add, destination: 2, left: .register(2), right: .value(stackMove))
            }
            // c.lui
            return Computation(operation: .add, destination: rd, left: .value(immediate << 12), right: .value(0))
        case (0b01, 0b100): return compressedOperation(compressed(7))
        case (0b10, 0b000):  // c.slli
            return Computation(
                operation: .shiftLeft, destination: rd, left: .register(rd), right: .value(immediate & 63))
        case (0b10, 0b100):  // c.mv, c.add
            if rs2 == 0 { return nil }
            return Computation(
                operation: .add, destination: rd, left: .register(isUpper ? rd : 0), right: .register(rs2))
        default: return nil
        }
    }

    /// `c.srli`, `c.srai`, `c.andi`; `c.sub`, `c.xor`, `c.or`, `c.and`, `c.subw`, `c.addw`.
    private func compressedOperation(_ rd: UInt8) -> Computation {
        let left = Computation.Operand.register(rd)
        switch bits(10, 2) {
        case 0: return Computation(operation: .shiftRight, destination: rd, left: left, right: .value(immediate & 63))
        case 1:
            return Computation(operation: .shiftRightSigned, destination: rd, left: left, right: .value(immediate & 63))
        case 2: return Computation(operation: .and, destination: rd, left: left, right: .value(immediate))
        default: break
        }
        let operation: Computation.Operation
        let isWord = bits(12, 1) == 1
        switch bits(5, 2) {
        case 0: operation = .subtract
        case 1: operation = isWord ? .add : .exclusiveOr
        case 2: operation = .or
        default: operation = .and
        }
        return Computation(
            operation: operation, isWord: isWord, destination: rd, left: left, right: .register(compressed(2)))
    }

    /// The register that the three bits from bit `low` on mean: x8 to x15.
    private func compressed(_ low: UInt32) -> UInt8 { 8 &+ UInt8(bits(low, 3)) }

    /// The CI-type immediate: imm[5] in bit 12, imm[4:0] in bits 6–2.
    private var immediate: UInt64 { UInt64(bitPattern: signExtended(bits(12, 1, to: 5) | bits(2, 5), sign: 5)) }

    /// That of `c.addi4spn`: imm[5:4|9:6|2|3] in bits 12–5.
    private var stackOffset: UInt64 {
        UInt64(bits(11, 2, to: 4) | bits(7, 4, to: 6) | bits(6, 1, to: 2) | bits(5, 1, to: 3))
    }

    /// That of `c.addi16sp`: imm[9] in bit 12, imm[4|6|8:7|5] in bits 6–2.
    private var stackMove: UInt64 {
        let low = bits(6, 1, to: 4) | bits(5, 1, to: 6) | bits(3, 2, to: 7) | bits(2, 1, to: 5)
        return UInt64(bitPattern: signExtended(bits(12, 1, to: 9) | low, sign: 9))
    }
}
