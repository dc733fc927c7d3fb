/// What an AMO of the A extension computes (unprivileged specification, "Atomic Memory Operations").
public enum AtomicOperation: Equatable, Sendable {
    case swap, add, exclusiveOr, and, or, minimum, maximum, unsignedMinimum, unsignedMaximum

    /// What memory of `byteCount` bytes, at most 8, that holds `old` holds afterwards, in the low bytes of the result.
    public func result(_ old: UInt64, _ operand: UInt64, byteCount: Int) -> UInt64 {
        let unused = UInt64(clamping: 64 &- 8 &* byteCount)
        let signed = (Int64(bitPattern: old << unused) >> unused, Int64(bitPattern: operand << unused) >> unused)
        let unsigned = (old << unused, operand << unused)
        switch self {
        case .swap: return operand
        case .add: return old &+ operand
        case .exclusiveOr: return old ^ operand
        case .and: return old & operand
        case .or: return old | operand
        case .minimum: return signed.0 < signed.1 ? old : operand
        case .maximum: return signed.0 > signed.1 ? old : operand
        case .unsignedMinimum: return unsigned.0 < unsigned.1 ? old : operand
        case .unsignedMaximum: return unsigned.0 > unsigned.1 ? old : operand
        }
    }
}

extension Instruction {
    /// What this AMO computes; nil for LR, SC, the compare-and-swap of Zacas, and what is no AMO.
    public var atomicOperation: AtomicOperation? {
        guard byteCount == 4, bits(0, 7) == 0b010_1111, bits(12, 3) <= 3 else { return nil }
        switch bits(27, 5) {
        case 0b00000: return .add
        case 0b00001: return .swap
        case 0b00100: return .exclusiveOr
        case 0b01000: return .or
        case 0b01100: return .and
        case 0b10000: return .minimum
        case 0b10100: return .maximum
        case 0b11000: return .unsignedMinimum
        case 0b11100: return .unsignedMaximum
        default: return nil
        }
    }
}
