import Guest

/// Text made fit for XML 1.0 (section 2.2): what no document can hold is written as `\xNN`.
enum XMLText {
    /// Between tags.
    static func content(_ text: String) -> String { escaped(text, inAttribute: false) }

    /// A value in double quotes; line ends and tabs stay what they are.
    static func attribute(_ text: String) -> String { escaped(text, inAttribute: true) }

    private static func escaped(_ text: String, inAttribute: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where inAttribute: result += "&quot;"
            case "\n", "\t":
                if inAttribute { result += "&#\(scalar.value);" } else { result.unicodeScalars.append(scalar) }
            default:
                switch scalar.value {
                // A carriage return would come back as a line feed; the rest is in no document, or better not.
                case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF:
                    result += "\\x" + hex(scalar.value, digits: 2).dropFirst(2)
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
