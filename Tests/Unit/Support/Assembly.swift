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
