/// What an instruction of Zicsr does with a CSR (unprivileged specification, "Zicsr").
public struct CSRAccess: Equatable, Sendable {
    /// How the new value comes about.
    public enum Operation: Equatable, Sendable {
        /// `csrrw`: the operand.
        case write
        /// `csrrs`: the old value or the operand.
        case set
        /// `csrrc`: the old value and not the operand.
        case clear
    }

    /// Where the operand comes from.
    public enum Operand: Equatable, Sendable {
        /// The number of an x-register.
        case register(UInt8)
        /// The value itself, 0 to 31.
        case immediate(UInt8)
    }

    /// The CSR's address, 12 bits.
    public var csr: UInt16
    /// How the new value comes about.
    public var operation: Operation
    /// Where the operand comes from.
    public var operand: Operand
    /// The number of the x-register that gets the old value; 0 for none.
    public var destination: UInt8

    /// Whether the CSR is read: not by a `csrrw` to x0, which then has no side effect of reading.
    public var reads: Bool { operation != .write || destination != 0 }

    /// Whether the CSR is written: not by a `csrrs` or `csrrc` of x0 or of the immediate 0.
    public var writes: Bool {
        operation == .write || operand != .register(0) && operand != .immediate(0)
    }

    /// The CSR's new value when it had `old` and the operand has `value`.
    public func newValue(old: UInt64, operand value: UInt64) -> UInt64 {
        switch operation {
        case .write: value
        case .set: old | value
        case .clear: old & ~value
        }
    }

    /// The access of an instruction with major opcode SYSTEM; nil when `funct3` is not one of Zicsr's.
    init?(system bits: UInt32) {
        switch bits >> 12 & 3 {
        case 1: operation = .write
        case 2: operation = .set
        case 3: operation = .clear
        default: return nil
        }
        let source = UInt8(bits >> 15 & 31)
        operand = bits >> 14 & 1 == 0 ? .register(source) : .immediate(source)
        csr = UInt16(bits >> 20)
        destination = UInt8(bits >> 7 & 31)
    }
}
