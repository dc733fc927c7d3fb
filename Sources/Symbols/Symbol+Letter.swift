import Guest

extension Symbol {
    /// The symbol `name` at `address` (GVA), of the type that `nm` gives a letter: upper case for global ones. No size is known.
    /// nil for one that has no address.
    init?(_ name: String, at address: GuestVirtualAddress, letter: UInt8) {
        let isGlobal = letter < UInt8(ascii: "a")
        var binding = isGlobal ? Binding.global : Binding.local
        let kind: Kind
        var isAbsolute = false
        switch letter | 0x20 {
        case UInt8(ascii: "t"), UInt8(ascii: "i"): kind = .function
        case UInt8(ascii: "w"):
            kind = .function
            binding = .weak
        case UInt8(ascii: "v"):
            kind = .object
            binding = .weak
        case UInt8(ascii: "b"), UInt8(ascii: "d"), UInt8(ascii: "g"), UInt8(ascii: "r"), UInt8(ascii: "s"):
            kind = .object
        case UInt8(ascii: "u"):
            // U is undefined, u global and unique.
            if isGlobal { return nil }
            kind = .object
            binding = .global
        case UInt8(ascii: "n"): return nil
        case UInt8(ascii: "a"):
            kind = .untyped
            isAbsolute = true
        default: kind = .untyped
        }
        self.init(name, at: address, kind: kind, binding: binding, isAbsolute: isAbsolute)
    }
}
