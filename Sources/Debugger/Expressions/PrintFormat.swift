/// How a value is shown: GDB's format letters that make sense for a value by itself.
public enum PrintFormat: UInt8, Sendable {
    /// `x`: hexadecimal.
    case hexadecimal = 0x78
    /// `z`: hexadecimal with all leading zeros of the type.
    case paddedHexadecimal = 0x7A
    /// `d`: signed decimal.
    case decimal = 0x64
    /// `u`: unsigned decimal.
    case unsigned = 0x75
    /// `o`: octal.
    case octal = 0x6F
    /// `t`: binary.
    case binary = 0x74
    /// `f`: a floating-point number; the bits of an integer as one, if it has as many as one.
    case float = 0x66
    /// `c`: the low byte as a number and a character.
    case character = 0x63
    /// `a`: an address with the symbol it belongs to.
    case address = 0x61

    /// The format that `letter` names in `print/x`. Throws for a letter that names none and for those that only memory can be
    /// shown in.
    public init(letter: Unicode.Scalar) throws(EvaluationFailure) {
        if letter.isASCII, let format = PrintFormat(rawValue: UInt8(letter.value)) {
            self = format
            return
        }
        switch letter {
        case "s", "i":
            throw EvaluationFailure("Format `\(letter)` shows memory, not a value; write `x/\(letter) ADDRESS`.")
        default:
            throw EvaluationFailure(
                "There is no format `\(letter)`; there are x z (hexadecimal), d (signed), u (unsigned), o (octal), t (binary),"
                    + " f (floating point), c (character) and a (address).")
        }
    }
}
