import Guest

/// Text made fit for the YAML blocks and comment lines of TAP.
enum YAML {
    /// A double-quoted scalar (YAML 1.2, section 7.3.1).
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default:
                if isPrintable(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    let digits = hex(scalar.value, digits: 2).dropFirst(2)
                    result += scalar.value < 0x100 ? "\\x" + digits : "\\U" + hex(scalar.value, digits: 8).dropFirst(2)
                }
            }
        }
        return result + "\""
    }

    /// A double-quoted scalar in a list. Perl's TAP::Parser takes one whose first word ends in a colon for a mapping, so the colon
    /// is escaped.
    static func item(_ text: String) -> String {
        let quoted = quoted(text)
        let word = quoted.utf8.prefix { $0 != UInt8(ascii: " ") }
        guard word.last == UInt8(ascii: ":") else { return quoted }
        return String(decoding: word.dropLast(), as: UTF8.self) + "\\x3A"
            + String(decoding: quoted.utf8.dropFirst(word.count), as: UTF8.self)
    }

    /// A key of a mapping: a word as it is, anything else in quotes; `&main` would be an anchor, `{u32}$sp` a mapping.
    static func key(_ text: String) -> String {
        let isWord = text.unicodeScalars.allSatisfy { $0 >= "a" && $0 <= "z" }
        return isWord && !text.isEmpty && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(text)
            ? text : quoted(text)
    }

    /// The text with what a line of a report cannot hold, control characters, shown as `\xNN`.
    static func plainText(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if isPrintable(scalar) || scalar == "\t" {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\x" + hex(scalar.value, digits: 2).dropFirst(2)
            }
        }
        return result
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF: return false
        default: return true
        }
    }
}
