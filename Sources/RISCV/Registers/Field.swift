/// One part of a register's value, ready to be shown.
public struct Field: Equatable, Sendable {
    /// The name that the specification gives the part: `SPP`.
    public var name: String
    /// What it says: `S`, `1`, `Sv39`, `load page fault`.
    public var value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Where a field lies in a register, and what its values are called.
struct FieldLayout: Sendable {
    let name: String
    let lowestBit: UInt64
    let bitCount: UInt64
    /// The names of the values 0, 1, …; a value without a name is shown as a number.
    let values: [String]

    init(_ name: String, _ lowestBit: UInt64, bits: UInt64 = 1, values: [String] = []) {
        self.name = name
        self.lowestBit = lowestBit
        self.bitCount = bits
        self.values = values
    }

    func field(of value: UInt64) -> Field {
        let bits = (value >> lowestBit) & ((1 << bitCount) &- 1)
        return Field(name, bits < UInt64(values.count) ? values[Int(bits)] : String(bits))
    }
}
