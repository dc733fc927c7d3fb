/// `kallsyms_offsets` with `kallsyms_relative_base`, or `kallsyms_addresses`: the address of each name, lowest first.
///
/// Up to Linux 6.3 they lie before the number of names, since then behind the tokens.
struct KallsymsAddresses {
    /// Where the address that the offsets count from is; nil where there are whole addresses.
    let basePlace: Int?
    /// What stands there.
    let base: UInt64
    private let start: Int

    /// Those of `names`; nil when neither place has them.
    init?(of names: KallsymsNames, _ tokens: KallsymsTokens, in bytes: KernelBytes) {
        let count = names.count
        let offsetBytes = (4 * count).alignedTo8
        let places: [(start: Int, base: Int?)] = [
            (tokens.end, tokens.end + offsetBytes), (names.numberPlace - 8 - offsetBytes, names.numberPlace - 8),
            (tokens.end, nil), (names.numberPlace - 8 * count, nil),
        ]
        for (start, basePlace) in places where start >= 0 {
            if let basePlace {
                guard let base = bytes.double(at: basePlace), base == 0 || Self.isKernel(base),
                    bytes.word(at: start) == 0, Self.isSorted(count, { bytes.word(at: start + 4 * $0) })
                else { continue }
                self.base = base
            } else {
                guard let first = bytes.double(at: start), Self.isKernel(first),
                    Self.isSorted(count, { bytes.double(at: start + 8 * $0) })
                else { continue }
                base = 0
            }
            self.start = start
            self.basePlace = basePlace
            return
        }
        return nil
    }

    /// The address of the name `number`, from 0; offsets count from `base`.
    func address(_ number: Int, in bytes: KernelBytes, base: UInt64) -> UInt64? {
        if basePlace == nil { return bytes.double(at: start + 8 * number) }
        return bytes.word(at: start + 4 * number).map { base &+ UInt64($0) }
    }

    /// Whether it is an address of the half that kernels with an MMU run in, or of RAM, in which those without run.
    private static func isKernel(_ address: UInt64) -> Bool { address >= 0x8000_0000 }

    private static func isSorted<Number: Comparable>(_ count: Int, _ number: (Int) -> Number?) -> Bool {
        guard var last = number(0) else { return false }
        for index in 1..<count {
            guard let next = number(index), next >= last else { return false }
            last = next
        }
        return true
    }
}
