/// What a conditional branch compares.
public enum BranchCondition: Equatable, Sendable {
    /// `beq`
    case equal
    /// `bne`
    case notEqual
    /// `blt`, signed
    case less
    /// `bge`, signed
    case greaterOrEqual
    /// `bltu`
    case lessUnsigned
    /// `bgeu`
    case greaterOrEqualUnsigned

    /// Whether the branch is taken when rs1 and rs2 have these values.
    public func holds(_ left: UInt64, _ right: UInt64) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: Int64(bitPattern: left) < Int64(bitPattern: right)
        case .greaterOrEqual: Int64(bitPattern: left) >= Int64(bitPattern: right)
        case .lessUnsigned: left < right
        case .greaterOrEqualUnsigned: left >= right
        }
    }

    /// The condition of the B-type instruction with this `funct3`; nil for the two that are reserved.
    init?(funct3: UInt32) {
        switch funct3 {
        case 0: self = .equal
        case 1: self = .notEqual
        case 4: self = .less
        case 5: self = .greaterOrEqual
        case 6: self = .lessUnsigned
        case 7: self = .greaterOrEqualUnsigned
        default: return nil
        }
    }
}
