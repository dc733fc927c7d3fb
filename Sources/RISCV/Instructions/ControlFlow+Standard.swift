import Guest

/// The 32-bit encodings (unprivileged specification, "RV32/64G Instruction Set Listings").
extension Instruction {
    func standardControlFlow(at pc: GuestVirtualAddress) -> ControlFlow {
        let funct3 = bits(12, 3)
        let rd = UInt8(bits(7, 5))
        let rs1 = UInt8(bits(15, 5))
        let rs2 = UInt8(bits(20, 5))
        switch bits(0, 7) {
        case 0b110_1111:
            return .jump(target: pc.moved(by: jumpOffset), link: rd)
        case 0b110_0111:
            guard funct3 == 0 else { return .illegal }
            return .indirectJump(rs1: rs1, offset: signExtended(bits(20, 12), sign: 11), link: rd)
        case 0b110_0011:
            guard let condition = BranchCondition(funct3: funct3) else { return .illegal }
            return .branch(condition, rs1: rs1, rs2: rs2, target: pc.moved(by: branchOffset))
        case 0b010_1111:
            guard funct3 == 2 || funct3 == 3 else { return .sequential }
            switch bits(27, 5) {
            case 0b00010: return rs2 == 0 ? .loadReserved : .sequential
            case 0b00011: return .storeConditional
            default: return .sequential
            }
        case 0b000_1111:
            return funct3 == 1 ? .fenceI : .sequential
        case 0b111_0011:
            return systemControlFlow
        default:
            return .sequential
        }
    }

    private var systemControlFlow: ControlFlow {
        if let access = CSRAccess(system: bits) { return .csr(access) }
        switch bits {
        case 0x0000_0073: return .ecall
        case Self.ebreak: return .ebreak
        case 0x1020_0073: return .sret
        case 0x3020_0073: return .mret
        case 0x1050_0073: return .wfi
        default: return .sequential
        }
    }

    /// The J-type immediate: imm[20|10:1|11|19:12] in bits 31–12.
    private var jumpOffset: Int64 {
        signExtended(bits(31, 1, to: 20) | bits(21, 10, to: 1) | bits(20, 1, to: 11) | bits(12, 8, to: 12), sign: 20)
    }

    /// The B-type immediate: imm[12|10:5] in bits 31–25, imm[4:1|11] in bits 11–7.
    private var branchOffset: Int64 {
        signExtended(bits(31, 1, to: 12) | bits(25, 6, to: 5) | bits(8, 4, to: 1) | bits(7, 1, to: 11), sign: 12)
    }
}
