import Guest

/// The ISA extensions that a vCPU has.
public enum ISAExtensions {
    /// Their names, as in a device tree's `riscv,isa-extensions`: single letters in the order of the specification, then the others
    /// by name. `read` gives a register's value, nil where the kernel does not know it. One system call for every 64 extensions,
    /// or, before Linux 6.6, for each.
    public static func names<Failure: Error>(
        _ read: (RegisterID) throws(Failure) -> UInt64?
    ) throws(Failure) -> [String] {
        var words: [UInt64] = []
        for index in 0..<UInt16((isaExtensionNames.count + 63) / 64) {
            guard let word = try read(.riscv(.isa, subtype: 1, index)) else { break }
            words.append(word)
        }
        let areWordsKnown = words.count * 64 >= isaExtensionNames.count
        var letters: [String] = []
        var others: [String] = []
        for (index, name) in isaExtensionNames.enumerated() {
            let isThere: Bool
            if areWordsKnown {
                isThere = words[index / 64] >> UInt64(index % 64) & 1 == 1
            } else {
                isThere = try read(.riscv(.isa, UInt16(index))) == 1
            }
            guard isThere else { continue }
            if name.utf8.count == 1 { letters.append(name) } else { others.append(name) }
        }
        return ["i", "m", "a", "f", "d", "c", "v", "h"].filter { letters.contains($0) } + others.sorted()
    }

    /// All of `names` in one text, "rv64imafdc_zba_zbb" (RISC-V unprivileged specification, "ISA Extension Naming Conventions").
    public static func text(of names: [String]) -> String {
        "rv64" + names.map { $0.utf8.count == 1 ? $0 : "_" + $0 }.joined()
    }
}
