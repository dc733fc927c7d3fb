import Guest
import Types

/// A structure, union or array, or a number that is too large to compute with: its bytes, and where they are from.
public struct ObjectValue: Equatable, Sendable {
    /// How many bytes one has at most.
    public static let byteLimit = 1 << 20

    /// The bytes, the first one first; as many as the type has.
    public let bytes: [UInt8]
    /// What they are.
    public let type: CType
    /// Where the first of them was in memory; nil for what was in none.
    public let address: GuestAddress?

    /// The object of type `type` whose bytes are `bytes`, read at `address`.
    public init(_ bytes: [UInt8], _ type: CType, at address: GuestAddress?) {
        self.bytes = bytes
        self.type = type
        self.address = address
    }

    /// What is in it at a bit, `bitOffset`, as `type`; of a bit-field only so many bits. nil for what is not all in it, and for
    /// what has no value.
    public func part(_ type: CType, at bitOffset: UInt64, bitCount: Int? = nil) -> Value? {
        let width = UInt64(bitCount ?? (type.byteCount ?? 0) &* 8)
        let (end, overflow) = bitOffset.addingReportingOverflow(width)
        guard !overflow, end <= UInt64(bytes.count) * 8 else { return nil }
        if type.isScalar {
            guard width <= 64 else { return nil }
            let field = BitField(offset: Int(bitOffset % 8), count: Int(width))
            let start = Int(bitOffset / 8)
            let bits = field.bits(of: bytes[start..<start + field.byteCount])
            return Value(type.extended(bits, bitCount: Int(width)), described: type)
        }
        guard bitOffset % 8 == 0, bitCount == nil else { return nil }
        switch type.shape {
        case .array, .composite, .large:
            let start = Int(bitOffset / 8)
            return .object(
                ObjectValue(
                    Array(bytes[start..<start + Int(width / 8)]), type, at: address.map { $0 + UInt64(start) }))
        default: return nil
        }
    }

    /// The element `index` of an array; nil for one that is not there, and for what is no array.
    public func element(_ index: Int) -> Value? {
        guard case .array(let element, let count) = type.shape, index >= 0, index < count, let size = element.byteCount
        else { return nil }
        let (offset, overflow) = UInt64(index).multipliedReportingOverflow(by: UInt64(size) * 8)
        return overflow ? nil : part(element, at: offset)
    }

    /// The characters of an array of characters up to the first NUL; nil for any other type.
    public var text: [UInt8]? {
        guard let element = type.element, element.isCharacter else { return nil }
        return Array(bytes.prefix { $0 != 0 })
    }
}

/// Some bits of some bytes, little-endian: bit 0 is the lowest of the first byte.
public struct BitField: Equatable, Sendable {
    /// The first bit, 0 to 7.
    public let offset: Int
    /// How many bits there are, 64 at most.
    public let count: Int

    /// How many bytes the bits are in.
    public var byteCount: Int { (offset + count + 7) / 8 }

    /// The bits, of `bytes`, which are `byteCount`.
    func bits<Bytes: Collection>(of bytes: Bytes) -> UInt64 where Bytes.Element == UInt8 {
        var bits: UInt64 = 0
        var place = -offset
        for byte in bytes {
            // Beyond 64 places a shift yields 0, and to the left of 0 it goes to the right.
            bits |= UInt64(byte) << place
            place += 8
        }
        return count >= 64 ? bits : bits & ~(.max << UInt64(count))
    }

    /// `bytes`, which are `byteCount`, with the bits set to the lowest of `bits`.
    func setting(_ bits: UInt64, in bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for index in 0..<count {
            let place = offset + index
            guard place / 8 < bytes.count else { break }
            let mask = UInt8(1 << (place % 8))
            if index < 64, bits >> UInt64(index) & 1 == 1 {
                bytes[place / 8] |= mask
            } else {
                bytes[place / 8] &= ~mask
            }
        }
        return bytes
    }
}

extension CType {
    /// `bits`, of which `bitCount` count, extended to 64 by their sign if the type has one.
    func extended(_ bits: UInt64, bitCount: Int) -> UInt64 {
        guard bitCount > 0, bitCount < 64 else { return bits }
        let unused = UInt64(64 - bitCount)
        if integerType?.isSigned == true {
            return UInt64(bitPattern: Int64(bitPattern: bits << unused) >> Int64(unused))
        }
        return (bits << unused) >> unused
    }
}
