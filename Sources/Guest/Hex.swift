/// `value` in hexadecimal with the prefix `0x`, padded with zeros to at least `digits` digits.
public func hex<T: UnsignedInteger & FixedWidthInteger>(_ value: T, digits: Int = 1) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

/// All digits of the number that `bytes` are, lowest first, with the prefix `0x`.
public func hex(littleEndian bytes: [UInt8]) -> String {
    var text = "0x"
    for byte in bytes.reversed() { text += hex(byte, digits: 2).dropFirst(2) }
    return text
}
