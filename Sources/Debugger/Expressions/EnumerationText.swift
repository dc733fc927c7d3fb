import Types

/// The numbers of an enumeration by their names, as GDB shows them.
enum EnumerationText {
    /// The name of `bits`; where the names are all single bits, those of several of them, `(READ | WRITE)`, with what has
    /// none, `(READ | unknown: 0x8)`. nil where there is no name.
    static func text(of bits: UInt64, _ type: CType) -> String? {
        let enumerators = type.enumerators
        if let own = enumerators.first(where: { $0.bits == bits }) { return own.name }
        guard bits != 0, areFlags(enumerators) else { return nil }
        var rest = bits
        var names: [String] = []
        for flag in enumerators where flag.bits != 0 && rest & flag.bits == flag.bits {
            names.append(flag.name)
            rest &= ~flag.bits
        }
        guard !names.isEmpty else { return nil }
        if rest != 0 { names.append("unknown: 0x" + String(rest, radix: 16)) }
        return "(" + names.joined(separator: " | ") + ")"
    }

    /// Whether no two names share a bit, and each but zero has one.
    private static func areFlags(_ enumerators: [Enumerator]) -> Bool {
        var seen: UInt64 = 0
        for enumerator in enumerators where enumerator.bits != 0 {
            guard enumerator.bits.nonzeroBitCount == 1, seen & enumerator.bits == 0 else { return false }
            seen |= enumerator.bits
        }
        return true
    }
}
