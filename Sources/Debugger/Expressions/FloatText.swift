import CNumbers
import Guest

/// Floating-point numbers as text.
public enum FloatText {
    /// The number with the representation `bits` of `type`: the shortest decimal that is read back as the same, `inf`, or
    /// `nan(0x…)` with the bits of its fraction, as GDB shows it.
    public static func shortest(_ bits: UInt64, _ type: FloatType) -> String {
        let number = type.number(bits)
        if number.isNaN {
            let sign = bits >> UInt64(type.byteCount * 8 - 1) & 1
            let fraction = bits & (type == .f32 ? 0x7F_FFFF : 0xF_FFFF_FFFF_FFFF)
            return (sign == 1 ? "-" : "") + "nan(\(hex(fraction)))"
        }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        var buffer = [CChar](repeating: 0, count: 32)
        if type == .f32 { numbers_shortest_single(&buffer, Float(number)) } else { numbers_shortest(&buffer, number) }
        return string(buffer)
    }

    /// `number` by one directive of C's printf: `flags` of "-+ #0", at least `width` bytes, digits by `precision`, and a
    /// `conversion` of "aAeEfFgG".
    static func formatted(
        _ number: Double, flags: String, width: Int, precision: Int?, conversion: UInt8
    ) -> [UInt8] {
        let width = Int32(clamping: width)
        let precision = precision.map { Int32(clamping: $0) } ?? -1
        let letter = CChar(bitPattern: conversion)
        let length = numbers_format(nil, 0, flags, width, precision, letter, number)
        guard length >= 0 else { return [] }
        var buffer = [CChar](repeating: 0, count: Int(length) + 1)
        _ = numbers_format(&buffer, buffer.count, flags, width, precision, letter, number)
        return buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }
    }

    private static func string(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
