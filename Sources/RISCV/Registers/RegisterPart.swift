import Guest

/// Some bits of a register that have a CSR number, and so a name, of their own: `frm` is bits 5 to 7 of `fcsr`.
public struct RegisterPart: Equatable, Sendable {
    /// The lowest bit.
    public let lowestBit: UInt64
    /// How many bits there are, fewer than 64.
    public let bitCount: UInt64

    /// The greatest value of the part.
    public var largest: UInt64 { (1 << bitCount) &- 1 }

    /// The part of `whole`.
    public func value(in whole: UInt64) -> UInt64 { whole >> lowestBit & largest }

    /// `whole` with the part set to the low bits of `value`.
    public func setting(_ value: UInt64, in whole: UInt64) -> UInt64 {
        whole & ~(largest << lowestBit) | (value & largest) << lowestBit
    }
}

extension RegisterTable {
    /// The CSRs that KVM keeps in others, which have ids: unprivileged specification, "Floating-Point Control and Status Register" and
    /// "Vector Control and Status Register".
    static var partsOfOthers: [Register] {
        let fcsr = RegisterID.riscv(.d, 0x20, size: 2)
        let vcsr = RegisterID.riscv(.vector, 3)
        return [
            Register("fflags", id: fcsr, group: .fp, csr: 0x001, part: RegisterPart(lowestBit: 0, bitCount: 5)),
            Register("frm", id: fcsr, group: .fp, csr: 0x002, part: RegisterPart(lowestBit: 5, bitCount: 3)),
            Register("vxsat", id: vcsr, group: .vector, csr: 0x009, part: RegisterPart(lowestBit: 0, bitCount: 1)),
            Register("vxrm", id: vcsr, group: .vector, csr: 0x00A, part: RegisterPart(lowestBit: 1, bitCount: 2)),
        ]
    }
}
