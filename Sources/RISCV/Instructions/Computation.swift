import Guest

/// What an instruction of RV64I or of its compressed forms does that sets an x-register and nothing else: the "Integer Computational
/// Instructions" of the unprivileged specification.
public struct Computation: Equatable, Sendable {
    /// What is computed of the two operands.
    public enum Operation: Equatable, Sendable {
        case add, subtract, exclusiveOr, or, and
        /// `sll`, `srl` and `sra`
        case shiftLeft, shiftRight, shiftRightSigned
        /// `slt` and `sltu`
        case isLess, isLessUnsigned
    }

    /// Where an operand comes from.
    public enum Operand: Equatable, Sendable {
        /// The number of an x-register, 0 to 31.
        case register(UInt8)
        /// The value itself.
        case value(UInt64)
    }

    /// What is computed.
    public var operation: Operation
    /// Whether it is computed of the low 32 bits, and the result extended by its sign.
    public var isWord = false
    /// The number of the x-register that is set; 0 for none.
    public var destination: UInt8
    /// The first operand.
    public var left: Operand
    /// The second operand.
    public var right: Operand

    /// The result, where the operands have these values.
    public func result(_ left: UInt64, _ right: UInt64) -> UInt64 {
        if isWord { return wordResult(UInt32(truncatingIfNeeded: left), UInt32(truncatingIfNeeded: right)) }
        switch operation {
        case .add: return left &+ right
        case .subtract: return left &- right
        case .exclusiveOr: return left ^ right
        case .or: return left | right
        case .and: return left & right
        case .shiftLeft: return left &<< right
        case .shiftRight: return left &>> right
        case .shiftRightSigned: return UInt64(bitPattern: Int64(bitPattern: left) &>> Int64(bitPattern: right))
        case .isLess: return Int64(bitPattern: left) < Int64(bitPattern: right) ? 1 : 0
        case .isLessUnsigned: return left < right ? 1 : 0
        }
    }

    private func wordResult(_ left: UInt32, _ right: UInt32) -> UInt64 {
        let word: UInt32
        switch operation {
        case .subtract: word = left &- right
        case .shiftLeft: word = left &<< right
        case .shiftRight: word = left &>> right
        case .shiftRightSigned: word = UInt32(bitPattern: Int32(bitPattern: left) &>> Int32(bitPattern: right))
        default: word = left &+ right
        }
        return UInt64(bitPattern: Int64(Int32(bitPattern: word)))
    }
}

extension Instruction {
    /// What this instruction at the guest-virtual address `pc` computes; nil where it does, or may do, anything else.
    public func computation(at pc: GuestVirtualAddress) -> Computation? {
        guard neverTraps else { return nil }
        return byteCount == 2 ? compressedComputation : standardComputation(at: pc)
    }

    private func standardComputation(at pc: GuestVirtualAddress) -> Computation? {
        let rd = UInt8(bits(7, 5))
        let opcode = bits(0, 7)
        switch opcode {
        case 0b011_0111:  // lui
            return Computation(operation: .add, destination: rd, left: .value(upper), right: .value(0))
        case 0b001_0111:  // auipc
            // One to x0 is the landing pad of Zicfilp, which means something to the hart.
            if rd == 0 { return nil }
            return Computation(operation: .add, destination: rd, left: .value(pc.value), right: .value(upper))
        default: break
        }
        let rs1 = Computation.Operand.register(UInt8(bits(15, 5)))
        let isAlternative = bits(30, 1) == 1
        let isWord = opcode & 0b1000 != 0
        switch opcode {
        case 0b001_0011, 0b001_1011:
            let isShift = bits(12, 2) == 1
            let value = isShift ? UInt64(bits(20, 6)) : UInt64(bitPattern: signExtended(bits(20, 12), sign: 11))
            return Computation(
                operation: operation(isAlternative: isShift && isAlternative), isWord: isWord, destination: rd,
                left: rs1,
                right: .value(value))
        case 0b011_0011, 0b011_1011:
            if bits(25, 1) == 1 { return nil }  // of M
            return Computation(
                operation: operation(isAlternative: isAlternative), isWord: isWord, destination: rd, left: rs1,
                right: .register(UInt8(bits(20, 5))))
        default: return nil
        }
    }

    /// What funct3 means; the alternatives are `sub` and `sra`.
    private func operation(isAlternative: Bool) -> Computation.Operation {
        switch bits(12, 3) {
        case 0: return isAlternative ? .subtract : .add
        case 1: return .shiftLeft
        case 2: return .isLess
        case 3: return .isLessUnsigned
        case 4: return .exclusiveOr
        case 5: return isAlternative ? .shiftRightSigned : .shiftRight
        case 6: return .or
        default: return .and
        }
    }

    /// The U-type immediate: imm[31:12].
    private var upper: UInt64 { UInt64(bitPattern: Int64(Int32(bitPattern: bits & 0xFFFF_F000))) }
}
