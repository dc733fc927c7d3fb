/// Encodings of the instructions that `TinyHart` executes (RISC-V unprivileged specification, chapters 2 and 27).
enum Assembly {
    static let nop: [UInt8] = addi(0, 0, 0)
    static let ecall: [UInt8] = word(0x0000_0073)
    static let ebreak: [UInt8] = word(0x0010_0073)
    static let sret: [UInt8] = word(0x1020_0073)
    static let wfi: [UInt8] = word(0x1050_0073)
    static let cNop: [UInt8] = half(0x0001)
    static let cEbreak: [UInt8] = half(0x9002)
    /// An encoding that is illegal for good.
    static let unimp: [UInt8] = half(0x0000)

    static func addi(_ rd: UInt32, _ rs1: UInt32, _ value: Int32) -> [UInt8] {
        word(immediate(value) << 20 | rs1 << 15 | rd << 7 | 0x13)
    }

    /// `c.addi`: `value` in -32...31.
    static func cAddi(_ rd: UInt32, _ value: Int32) -> [UInt8] {
        let bits = UInt32(bitPattern: value)
        return half(UInt16(truncatingIfNeeded: (bits >> 5 & 1) << 12 | rd << 7 | (bits & 31) << 2 | 1))
    }

    static func lui(_ rd: UInt32, _ page: UInt32) -> [UInt8] { word(page << 12 | rd << 7 | 0x37) }

    static func auipc(_ rd: UInt32, _ page: UInt32) -> [UInt8] { word(page << 12 | rd << 7 | 0x17) }

    /// `jal` by `offset` bytes.
    static func jal(_ rd: UInt32, _ offset: Int32) -> [UInt8] {
        let bits = UInt32(bitPattern: offset)
        let scattered =
            (bits >> 20 & 1) << 31 | (bits >> 1 & 0x3FF) << 21 | (bits >> 11 & 1) << 20 | (bits >> 12 & 0xFF) << 12
        return word(scattered | rd << 7 | 0x6F)
    }

    static func jalr(_ rd: UInt32, _ rs1: UInt32, _ offset: Int32) -> [UInt8] {
        word(immediate(offset) << 20 | rs1 << 15 | rd << 7 | 0x67)
    }

    static func beq(_ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> [UInt8] { branch(0, rs1, rs2, offset) }

    static func bne(_ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> [UInt8] { branch(1, rs1, rs2, offset) }

    static func ld(_ rd: UInt32, _ offset: Int32, _ rs1: UInt32) -> [UInt8] {
        word(immediate(offset) << 20 | rs1 << 15 | 3 << 12 | rd << 7 | 0x03)
    }

    static func sd(_ rs2: UInt32, _ offset: Int32, _ rs1: UInt32) -> [UInt8] {
        let bits = immediate(offset)
        return word((bits >> 5) << 25 | rs2 << 20 | rs1 << 15 | 3 << 12 | (bits & 31) << 7 | 0x23)
    }

    /// `blt`, `bge`, `bltu`, `bgeu` by their funct3, 4 to 7.
    static func compare(_ funct3: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> [UInt8] {
        branch(funct3, rs1, rs2, offset)
    }

    static func lrd(_ rd: UInt32, _ rs1: UInt32) -> [UInt8] {
        word(0b00010 << 27 | rs1 << 15 | 3 << 12 | rd << 7 | 0x2F)
    }

    static func amoadd(_ rd: UInt32, _ rs2: UInt32, _ rs1: UInt32) -> [UInt8] {
        word(rs2 << 20 | rs1 << 15 | 3 << 12 | rd << 7 | 0x2F)
    }

    static func scd(_ rd: UInt32, _ rs2: UInt32, _ rs1: UInt32) -> [UInt8] {
        word(0b00011 << 27 | rs2 << 20 | rs1 << 15 | 3 << 12 | rd << 7 | 0x2F)
    }

    /// `csrrw` (1), `csrrs` (2), `csrrc` (3), with 4 more the forms with an immediate as `source`.
    static func csr(_ funct3: UInt32, _ rd: UInt32, _ csr: UInt32, _ source: UInt32) -> [UInt8] {
        word(csr << 20 | source << 15 | funct3 << 12 | rd << 7 | 0x73)
    }

    static let mret: [UInt8] = word(0x3020_0073)
    static let fenceI: [UInt8] = word(0x0000_100F)

    static func cLi(_ rd: UInt32, _ value: Int32) -> [UInt8] {
        let bits = UInt32(bitPattern: value)
        return half(UInt16(truncatingIfNeeded: 0x4001 | (bits >> 5 & 1) << 12 | rd << 7 | (bits & 31) << 2))
    }

    static func cJr(_ rs1: UInt32) -> [UInt8] { half(UInt16(truncatingIfNeeded: 0x8002 | rs1 << 7)) }

    static func cJalr(_ rs1: UInt32) -> [UInt8] { half(UInt16(truncatingIfNeeded: 0x9002 | rs1 << 7)) }

    static func cMv(_ rd: UInt32, _ rs2: UInt32) -> [UInt8] {
        half(UInt16(truncatingIfNeeded: 0x8002 | rd << 7 | rs2 << 2))
    }

    static func cJ(_ offset: Int32) -> [UInt8] {
        let bits = UInt32(bitPattern: offset)
        var scattered = (bits >> 11 & 1) << 12 | (bits >> 4 & 1) << 11 | (bits >> 8 & 3) << 9 | (bits >> 10 & 1) << 8
        scattered |= (bits >> 6 & 1) << 7 | (bits >> 7 & 1) << 6 | (bits >> 1 & 7) << 3 | (bits >> 5 & 1) << 2
        return half(UInt16(truncatingIfNeeded: 0xA001 | scattered))
    }

    /// `c.beqz`, or `c.bnez`; `rs1` is 8 to 15.
    static func cBranch(_ isZero: Bool, _ rs1: UInt32, _ offset: Int32) -> [UInt8] {
        let bits = UInt32(bitPattern: offset)
        var scattered = (bits >> 8 & 1) << 12 | (bits >> 3 & 3) << 10 | (rs1 & 7) << 7
        scattered |= (bits >> 6 & 3) << 5 | (bits >> 1 & 3) << 3 | (bits >> 5 & 1) << 2
        return half(UInt16(truncatingIfNeeded: (isZero ? 0xC001 : 0xE001) | scattered))
    }

    /// The bytes of a 32-bit word.
    static func word(_ bits: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) } }

    /// The bytes of a 16-bit word.
    static func half(_ bits: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)] }

    private static func immediate(_ value: Int32) -> UInt32 { UInt32(bitPattern: value) & 0xFFF }

    private static func branch(_ condition: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> [UInt8] {
        let bits = UInt32(bitPattern: offset)
        let scattered =
            (bits >> 12 & 1) << 31 | (bits >> 5 & 0x3F) << 25 | (bits >> 1 & 0xF) << 8 | (bits >> 11 & 1) << 7
        return word(scattered | rs2 << 20 | rs1 << 15 | condition << 12 | 0x63)
    }
}

extension Assembly {
    /// SBI SRST: a shutdown with `reason`.
    static func shutdown(reason: Int32 = 0) -> [[UInt8]] {
        [lui(17, 0x53525), addi(17, 17, 0x354), addi(10, 0, 0), addi(11, 0, reason), ecall]
    }
}
