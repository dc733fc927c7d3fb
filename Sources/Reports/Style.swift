/// Colour by ECMA-48 sequences (SGR), or none.
public struct Style: Sendable {
    /// Whether sequences are written.
    public var isColoured: Bool

    /// A style that colours, or leaves text as it is.
    public init(isColoured: Bool) { self.isColoured = isColoured }

    private func wrap(_ text: String, _ code: String) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// The prompt, where a script's commands are echoed.
    public func prompt(_ text: String) -> String { wrap(text, "2") }
    /// An address.
    public func address(_ text: String) -> String { wrap(text, "34") }
    /// The name of a symbol, with its offset.
    public func symbol(_ text: String) -> String { wrap(text, "33") }
    /// The name of a register.
    public func register(_ text: String) -> String { wrap(text, "36") }
    /// What is not as it was at an earlier stop.
    public func changed(_ text: String) -> String { wrap(text, "1;33") }
    /// The name of an instruction.
    public func mnemonic(_ text: String) -> String { wrap(text, "32") }
    /// A number in an instruction.
    public func immediate(_ text: String) -> String { wrap(text, "35") }
    /// Why the guest stopped, and other headlines.
    public func headline(_ text: String) -> String { wrap(text, "1") }
    /// The place of an error.
    public func failure(_ text: String) -> String { wrap(text, "1;31") }
}

extension Style {
    /// `text` without what a style added to it: for files, and for reports of failures.
    public static func plain(_ text: String) -> String {
        guard text.utf8.contains(0x1B) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let end = endOfSequence(bytes, at: index) {
                index = end
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Where a sequence that begins at `start` ends, if one does: ESC [, digits and semicolons, m.
    private static func endOfSequence(_ bytes: [UInt8], at start: Int) -> Int? {
        guard start + 1 < bytes.count, bytes[start] == 0x1B, bytes[start + 1] == UInt8(ascii: "[") else { return nil }
        var end = start + 2
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"): end += 1
            case UInt8(ascii: "m"): return end + 1
            default: return nil
            }
        }
        return nil
    }
}
