import Guest

extension Value {
    /// The value as text.
    ///
    /// Without a format, an integer is decimal, an 8-bit one followed by its character (`97 'a'`), a pointer is
    /// hexadecimal with its symbol (`0x80000000 <_start>`), a physical address `phys:0x80000000`, a string stands in quotes with C escapes, and no value is "void".
    /// A format applies to the bits that the type of an integer has, to 64 of a pointer; a string and no value are shown as
    /// without it. `symbol` gives the text between the angle brackets, "main+4", or nil where no symbol is near.
    public func formatted(_ format: PrintFormat? = nil, symbol: (GuestVirtualAddress) -> String?) -> String {
        switch self {
        case .void: return "void"
        case .string(let bytes):
            return "\"" + bytes.map { EscapedText.escaped($0, quote: UInt8(ascii: "\"")) }.joined() + "\""
        case .pointer(let address, _):
            guard let format, format != .address else { return Self.address(address, symbol) }
            return Self.integer(address.value, .u64, format, symbol)
        case .physical(let address, _):
            guard let format, format != .address else { return GuestAddress.physical(address).description }
            return Self.integer(address.value, .u64, format, symbol)
        case .integer(let bits, let type):
            if let format { return Self.integer(bits, type, format, symbol) }
            return type.byteCount == 1 ? Self.character(bits, type) : Self.decimal(bits, type)
        }
    }

    private static func integer(
        _ bits: UInt64, _ type: IntegerType, _ format: PrintFormat, _ symbol: (GuestVirtualAddress) -> String?
    ) -> String {
        let masked = type.masked(bits)
        switch format {
        case .hexadecimal: return hex(masked)
        case .paddedHexadecimal: return hex(masked, digits: type.byteCount * 2)
        case .decimal: return decimal(bits, .signed(as: type))
        case .unsigned: return String(masked)
        case .octal: return masked == 0 ? "0" : "0" + String(masked, radix: 8)
        case .binary: return String(masked, radix: 2)
        case .character: return character(bits, type.isSigned ? .i8 : .u8)
        case .address: return address(GuestVirtualAddress(masked), symbol)
        }
    }

    /// The low bits of `bits` that `type` has, in decimal.
    private static func decimal(_ bits: UInt64, _ type: IntegerType) -> String {
        let extended = type.extended(bits)
        return type.isSigned ? String(Int64(bitPattern: extended)) : String(extended)
    }

    private static func character(_ bits: UInt64, _ type: IntegerType) -> String {
        let quote = UInt8(ascii: "'")
        return decimal(bits, type) + " '" + EscapedText.escaped(UInt8(truncatingIfNeeded: bits), quote: quote) + "'"
    }

    private static func address(_ address: GuestVirtualAddress, _ symbol: (GuestVirtualAddress) -> String?) -> String {
        guard let name = symbol(address) else { return address.description }
        return "\(address.description) <\(name)>"
    }
}

extension IntegerType {
    /// The signed type as wide as `type`.
    fileprivate static func signed(as type: IntegerType) -> IntegerType {
        switch type.byteCount {
        case 1: return .i8
        case 2: return .i16
        case 4: return .i32
        default: return .i64
        }
    }
}
