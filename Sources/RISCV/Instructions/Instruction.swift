/// The bits of one instruction, as far as this program looks at them.
public struct Instruction: Equatable, Sendable {
    /// The encoding: 16 bits of a compressed instruction, else the first 32.
    public var bits: UInt32
    /// The length in bytes: 2 or 4, or more for encodings that RV64GC does not have.
    public var byteCount: Int

    /// The instruction that begins with `bits`; the upper half is ignored when it is a compressed one.
    /// Nil for the prefix that is reserved for 192 bits and more: no length is defined.
    public init?(_ bits: UInt32) {
        guard let byteCount = Self.byteCount(firstHalfword: UInt16(truncatingIfNeeded: bits)) else { return nil }
        self.bits = byteCount == 2 ? bits & 0xFFFF : bits
        self.byteCount = byteCount
    }

    /// The length in bytes of an instruction from its first halfword: 2, 4, 6, 8, or 10 to 22 as the "Expanded
    /// Instruction-Length Encoding" of the unprivileged specification proposes; nil for the prefix that it reserves.
    public static func byteCount(firstHalfword: UInt16) -> Int? {
        if firstHalfword & 0b11 != 0b11 { return 2 }
        if firstHalfword & 0b1_1100 != 0b1_1100 { return 4 }
        if firstHalfword & 0b11_1111 == 0b01_1111 { return 6 }
        if firstHalfword & 0b111_1111 == 0b011_1111 { return 8 }
        let further = Int(firstHalfword >> 12 & 0b111)
        return further == 0b111 ? nil : 10 &+ 2 &* further
    }
}

extension Instruction {
    /// `ebreak`, four bytes.
    public static var ebreak: UInt32 { 0x0010_0073 }
    /// `c.ebreak`, two bytes.
    public static var compressedEbreak: UInt16 { 0x9002 }

    /// `slli x0,x0,0x1f`: an `ebreak` behind it is a semihosting call, if what follows is `semihostingExit`.
    public static var semihostingEntry: UInt32 { 0x01F0_1013 }
    /// `srai x0,x0,7`.
    public static var semihostingExit: UInt32 { 0x4070_5013 }

    /// Whether it is `ebreak` or `c.ebreak`.
    public var isEbreak: Bool { bits == Self.ebreak || bits == UInt32(Self.compressedEbreak) }

    /// The bytes of the breakpoint that fits over an instruction of `byteCount` bytes: `c.ebreak` over two, `ebreak`
    /// over more, so that no breakpoint reaches into the next instruction.
    public static func breakpoint(byteCount: Int) -> [UInt8] {
        byteCount < 4 ? [0x02, 0x90] : [0x73, 0x00, 0x10, 0x00]
    }
}
