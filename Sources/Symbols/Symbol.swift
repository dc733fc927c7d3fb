import Guest

/// A name for an address.
public struct Symbol: Sendable, Equatable {
    /// What it names.
    public enum Kind: Sendable, Equatable {
        /// Code (`STT_FUNC`, `STT_GNU_IFUNC`).
        case function
        /// Data (`STT_OBJECT`).
        case object
        /// The assembler or the linker script was not told (`STT_NOTYPE`): usually a label.
        case untyped
    }

    /// Who sees it: the wider, the greater.
    public enum Binding: Sendable, Comparable {
        /// Its source file (`STB_LOCAL`).
        case local
        /// Everyone, unless someone else defines it too (`STB_WEAK`).
        case weak
        /// Everyone (`STB_GLOBAL`).
        case global
    }

    /// The name, as the linker knows it.
    public var name: String
    /// The address (GVA); for an absolute symbol perhaps just a number.
    public var address: GuestVirtualAddress
    /// How many bytes it covers; 0 when that is not known.
    public var size: UInt64
    /// What it names.
    public var kind: Kind
    /// Who sees it.
    public var binding: Binding
    /// Belongs to no section (`SHN_ABS`): found by its name, never given as the name of an address.
    public var isAbsolute: Bool

    /// The symbol `name` for the `size` bytes at `address` (GVA).
    public init(
        _ name: String, at address: GuestVirtualAddress, size: UInt64 = 0, kind: Kind = .function,
        binding: Binding = .global, isAbsolute: Bool = false
    ) {
        self.name = name
        self.address = address
        self.size = size
        self.kind = kind
        self.binding = binding
        self.isAbsolute = isAbsolute
    }

    /// Whether it covers `address` (GVA); one of unknown size covers nothing.
    func covers(_ address: GuestVirtualAddress) -> Bool { self.address <= address && address - self.address < size }

    /// Of symbols at one address the one with the highest rank gives it its name: code and data before labels, then
    /// global before weak before local.
    var rank: Int {
        let binding = self.binding == .global ? 2 : self.binding == .weak ? 1 : 0
        return kind == .untyped ? binding : binding + 3
    }
}
