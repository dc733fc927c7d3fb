import Guest
import Types

/// How values are shown, as GDB shows them.
public struct ValueText {
    /// The format of each number; nil for what suits its type.
    public var format: PrintFormat?
    /// Whether the leading zeros of the type stand before hexadecimal and binary digits.
    public var isPadded = false
    /// The text between the angle brackets behind an address, "main+4"; nil where no symbol is near.
    public var symbol: (GuestVirtualAddress) -> String? = { _ in nil }
    /// The string at an address, to show behind a pointer to characters; nil where none can be read.
    public var string: ((GuestVirtualAddress) -> [UInt8]?)?

    /// How many elements of an array, and characters of a string, are shown.
    public static let elementLimit = 200
    /// How deep structures and arrays nest before `{...}` stands for one.
    static let depthLimit = 20
    /// How many numbers of a structure are shown, before `...` stands for the rest.
    static let totalLimit = 20000

    /// Values in `format`; nil for what suits each type.
    public init(_ format: PrintFormat? = nil) { self.format = format }

    /// The value as text.
    ///
    /// Without a format, an integer is decimal, an 8-bit one followed by its character (`97 'a'`), a floating-point number the
    /// shortest decimal that says which it is, a pointer is hexadecimal with its symbol (`0x80000000 <_start>`), a
    /// physical address `phys:0x80000000`, a string stands in quotes with C escapes, and no value is "void".
    /// A format applies to the bits that the type of a number has, to 64 of a pointer; `c` and `a` cut a floating-point number
    /// off to an integer first. `f` takes the bits of an integer of 4 or 8 bytes as a floating-point number. A vector is
    /// shown element by element; a string and no value are shown as without a format.
    ///
    /// Of the guest's own types, an enumeration is shown by its names, a structure as `{a = 1, b = {...}}`, an array of characters
    /// as a string, without the NULs at its end; a pointer to characters with the string; a pointer that is the whole value
    /// with its type. A format applies to each number in it.
    public func text(of value: Value) -> String {
        guard format == nil, case .pointer(_, .described(let target)) = value, !target.isCharacter else {
            return element(value)
        }
        return "(" + value.typeDescription + ") " + element(value)
    }

    /// The value as a part of another one.
    func element(_ value: Value) -> String {
        switch value {
        case .void: return "void"
        case .string(let bytes): return Self.quoted(bytes)
        case .pointer(let address, let target):
            guard let format, format != .address else { return self.address(address) + pointed(address, target) }
            return integer(address.value, .u64, format)
        case .physical(let address, _):
            guard let format, format != .address else { return GuestAddress.physical(address).description }
            return integer(address.value, .u64, format)
        case .integer(let bits, let type): return number(bits, type)
        case .float(let bits, let type): return number(bits, type)
        case .vector(let vector):
            let texts = vector.elements.map { (element) in
                let value = element.converted(to: vector.element)
                // A character beside each byte would hide the numbers.
                if format == nil, case .integer(let bits, let type) = value { return Self.decimal(bits, type) }
                return self.element(value)
            }
            return "{" + Self.withoutRepeats(texts).joined(separator: ", ") + "}"
        case .described(let bits, let type): return described(bits, type)
        case .object(let object):
            var budget = Self.totalLimit
            return self.object(object, depth: 0, &budget)
        }
    }

    private func number(_ bits: UInt64, _ type: IntegerType) -> String {
        if let format { return integer(bits, type, format) }
        return type.byteCount == 1 ? Self.character(bits, type) : Self.decimal(bits, type)
    }

    private func number(_ bits: UInt64, _ type: FloatType) -> String {
        switch format {
        case nil, .float: return FloatText.shortest(bits, type)
        case .character, .address: return element(Value(Scalar.float(bits, type).bits, .i64))
        case let format?: return integer(bits, type == .f32 ? .u32 : .u64, format)
        }
    }

    private func integer(_ bits: UInt64, _ type: IntegerType, _ format: PrintFormat) -> String {
        let masked = type.masked(bits)
        switch format {
        case .hexadecimal: return hex(masked, digits: isPadded ? type.byteCount * 2 : 1)
        case .paddedHexadecimal: return hex(masked, digits: type.byteCount * 2)
        case .decimal: return Self.decimal(bits, .signed(as: type))
        case .unsigned: return String(masked)
        case .octal: return masked == 0 ? "0" : "0" + String(masked, radix: 8)
        case .binary:
            let digits = String(masked, radix: 2)
            return String(repeating: "0", count: max(0, isPadded ? type.bitWidth - digits.utf8.count : 0)) + digits
        case .float:
            switch type.byteCount {
            case 4: return FloatText.shortest(masked, .f32)
            case 8: return FloatText.shortest(masked, .f64)
            default: return Self.decimal(bits, type)
            }
        case .character: return Self.character(bits, type.isSigned ? .i8 : .u8)
        case .address: return address(GuestVirtualAddress(masked))
        }
    }

    private func address(_ address: GuestVirtualAddress) -> String {
        guard let name = symbol(address) else { return address.description }
        return "\(address.description) <\(name)>"
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

    static func quoted(_ bytes: [UInt8]) -> String {
        var text = "\""
        for byte in bytes { text += EscapedText.escaped(byte, quote: UInt8(ascii: "\"")) }
        return text + "\""
    }

    /// The elements of a vector or an array, where ten or more in a row that are the same become one, as in GDB.
    static func withoutRepeats(_ texts: [String]) -> [String] {
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

    /// A number of the guest's own types.
    private func described(_ bits: UInt64, _ type: CType) -> String {
        guard let integer = type.integerType else { return hex(bits, digits: 1) }
        if format == nil {
            switch type.shape {
            case .boolean: if bits <= 1 { return bits == 1 ? "true" : "false" }
            case .enumeration: return EnumerationText.text(of: bits, type.resolved) ?? Self.decimal(bits, integer)
            default: break
            }
        }
        return number(bits, integer)
    }

    /// What stands behind a pointer to characters: the string.
    private func pointed(_ address: GuestVirtualAddress, _ target: ValueType) -> String {
        guard let string, case .described(let type) = target, type.isCharacter, address.value != 0 else { return "" }
        guard let bytes = string(address) else {
            return " <error: Cannot read memory at \(address.description)>"
        }
        let isCut = bytes.count > Self.elementLimit
        return " " + Self.quoted(Array(bytes.prefix(Self.elementLimit))) + (isCut ? "..." : "")
    }
}

extension Value {
    /// The value as text, see `ValueText`.
    public func formatted(
        _ format: PrintFormat? = nil, isPadded: Bool = false, symbol: @escaping (GuestVirtualAddress) -> String?
    ) -> String {
        var text = ValueText(format)
        text.isPadded = isPadded
        text.symbol = symbol
        return text.text(of: self)
    }
}
