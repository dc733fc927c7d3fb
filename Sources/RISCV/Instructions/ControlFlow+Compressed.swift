import Guest

/// The 16-bit encodings (unprivileged specification, "RVC Instruction Set Listings"). RV64 has no `c.jal`: its place is
/// `c.addiw`'s.
extension Instruction {
    func compressedControlFlow(at pc: GuestVirtualAddress) -> ControlFlow {
        let funct3 = bits(13, 3)
        switch (bits(0, 2), funct3) {
        case (0b00, _):
            return bits == 0 ? .illegal : .sequential
        case (0b01, 0b101):
            return .jump(target: pc.moved(by: compressedJumpOffset), link: 0)
        case (0b01, 0b110), (0b01, 0b111):
            // The three bits of rs1 mean x8 to x15.
            return .branch(
                funct3 == 0b110 ? .equal : .notEqual, rs1: 8 &+ UInt8(bits(7, 3)), rs2: 0,
                target: pc.moved(by: compressedBranchOffset))
        case (0b10, 0b100):
            return compressedRegisterControlFlow
        default:
            return .sequential
        }
    }

    /// `c.jr`, `c.mv`, `c.ebreak`, `c.jalr`, `c.add`.
    private var compressedRegisterControlFlow: ControlFlow {
        let rs1 = UInt8(bits(7, 5))
        let rs2 = UInt8(bits(2, 5))
        let links = bits(12, 1) == 1
        guard rs2 == 0 else { return .sequential }
        if rs1 == 0 { return links ? .ebreak : .illegal }
        return .indirectJump(rs1: rs1, offset: 0, link: links ? 1 : 0)
    }

    /// The CJ-type immediate: imm[11|4|9:8|10|6|7|3:1|5] in bits 12–2.
    private var compressedJumpOffset: Int64 {
        let upper = bits(12, 1, to: 11) | bits(11, 1, to: 4) | bits(9, 2, to: 8) | bits(8, 1, to: 10)
        let lower = bits(7, 1, to: 6) | bits(6, 1, to: 7) | bits(3, 3, to: 1) | bits(2, 1, to: 5)
        return signExtended(upper | lower, sign: 11)
    }

    /// The CB-type immediate: imm[8|4:3] in bits 12–10, imm[7:6|2:1|5] in bits 6–2.
    private var compressedBranchOffset: Int64 {
        let upper = bits(12, 1, to: 8) | bits(10, 2, to: 3)
        let lower = bits(5, 2, to: 6) | bits(3, 2, to: 1) | bits(2, 1, to: 5)
        return signExtended(upper | lower, sign: 8)
    }
}
