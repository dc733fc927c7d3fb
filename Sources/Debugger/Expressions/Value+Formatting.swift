import Guest

extension Value {
    /// The value as text.
    ///
    /// Without a format, an integer is decimal, an 8-bit one followed by its character (`97 'a'`), a floating-point number the
    /// shortest decimal that says which it is, a pointer is hexadecimal with its symbol (`0x80000000 <_start>`), a
    /// physical address `phys:0x80000000`, a string stands in quotes with C escapes, and no value is "void".
    /// A format applies to the bits that the type of a number has, to 64 of a pointer; `c` and `a` cut a floating-point number
    /// off to an integer first. `f` takes the bits of an integer of 4 or 8 bytes as a floating-point number. A vector is
    /// shown element by element; a string and no value are shown as without a format. `symbol` gives the text between the angle
    /// brackets, "main+4", or nil where no symbol is near. `isPadded` puts the leading zeros of the type before hexadecimal and
    /// binary digits.
    public func formatted(
        _ format: PrintFormat? = nil, isPadded: Bool = false, symbol: (GuestVirtualAddress) -> String?
    ) -> String {
        switch self {
        case .void: return "void"
        case .string(let bytes):
            return "\"" + bytes.map { EscapedText.escaped($0, quote: UInt8(ascii: "\"")) }.joined() + "\""
        case .pointer(let address, _):
            guard let format, format != .address else { return Self.address(address, symbol) }
            return Self.integer(address.value, .u64, format, isPadded, symbol)
        case .physical(let address, _):
            guard let format, format != .address else { return GuestAddress.physical(address).description }
            return Self.integer(address.value, .u64, format, isPadded, symbol)
        case .integer(let bits, let type):
            if let format { return Self.integer(bits, type, format, isPadded, symbol) }
            return type.byteCount == 1 ? Self.character(bits, type) : Self.decimal(bits, type)
        case .float(let bits, let type):
            switch format {
            case nil, .float: return FloatText.shortest(bits, type)
            case .character, .address:
                return Value(Scalar.float(bits, type).bits, .i64).formatted(format, isPadded: isPadded, symbol: symbol)
            case let format?: return Self.integer(bits, type == .f32 ? .u32 : .u64, format, isPadded, symbol)
            }
        case .vector(let vector):
            let texts = vector.elements.map { (element) in
                let value = element.converted(to: vector.element)
                // A character beside each byte would hide the numbers.
                if format == nil, case .integer(let bits, let type) = value { return Self.decimal(bits, type) }
                return value.formatted(format, isPadded: isPadded, symbol: symbol)
            }
            return "{" + Self.withoutRepeats(texts).joined(separator: ", ") + "}"
        }
    }

    private static func integer(
        _ bits: UInt64, _ type: IntegerType, _ format: PrintFormat, _ isPadded: Bool,
        _ symbol: (GuestVirtualAddress) -> String?
    ) -> String {
        let masked = type.masked(bits)
        switch format {
        case .hexadecimal: return hex(masked, digits: isPadded ? type.byteCount * 2 : 1)
        case .paddedHexadecimal: return hex(masked, digits: type.byteCount * 2)
        case .decimal: return decimal(bits, .signed(as: type))
        case .unsigned: return String(masked)
        case .octal: return masked == 0 ? "0" : "0" + String(masked, radix: 8)
        case .binary:
            let digits = String(masked, radix: 2)
            return String(repeating: "0", count: max(0, isPadded ? type.bitWidth - digits.utf8.count : 0)) + digits
        case .float:
            switch type.byteCount {
            case 4: return FloatText.shortest(masked, .f32)
            case 8: return FloatText.shortest(masked, .f64)
            default: return decimal(bits, type)
            }
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

    /// The elements of a vector, where ten or more in a row that are the same become one, as in GDB.
    private static func withoutRepeats(_ texts: [String]) -> [String] {
        var shown: [String] = []
        var start = 0
        while start < texts.count {
            var end = start + 1
            while end < texts.count, texts[end] == texts[start] { end += 1 }
            if end - start >= 10 {
                shown.append(texts[start] + " <repeats \(end - start) times>")
            } else {
                shown += texts[start..<end]
            }
            start = end
        }
        return shown
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
